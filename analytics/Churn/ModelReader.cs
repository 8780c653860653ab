using Npgsql;

namespace Followthrough.Analytics.Churn;

/// <summary>Reads a row of <c>Models.sql</c>.</summary>
internal static class ModelReader
{
    public static RegisteredModel Read(NpgsqlDataReader row) => new()
    {
        Id = row.GetInt64(0),
        Kind = Enum.Parse<ModelKind>(row.GetString(1), ignoreCase: true),
        FeatureSchemaSha256 = row.GetString(2),
        Parameters = row.GetString(3),
        Seed = row.GetInt32(4),
        Library = row.GetString(5),
        ArtefactSha256 = row.GetString(6),
        Figures = ChurnJson.Read<ModelFigures>(row.GetString(7)),
        CreatedAt = row.GetFieldValue<DateTimeOffset>(8),
        Training = Training(row),
    };

    private static ChurnTraining Training(NpgsqlDataReader row) => new()
    {
        Id = row.GetInt64(9),
        Subject = row.GetString(10),
        DataCutOff = row.IsDBNull(11) ? null : row.GetFieldValue<DateTimeOffset>(11),
        FeatureVersion = row.IsDBNull(12) ? null : row.GetInt32(12),
        SourceSha256 = row.IsDBNull(13) ? null : row.GetString(13),
        Rows = row.GetInt64(14),
        Customers = row.GetInt64(15),
        Churned = row.GetInt64(16),
        Excluded = ChurnJson.Read<Dictionary<string, long>>(row.GetString(17)),
        StartedAt = row.GetFieldValue<DateTimeOffset>(18),
        FinishedAt = row.GetFieldValue<DateTimeOffset>(19),
        Note = row.IsDBNull(20) ? null : row.GetString(20),
        Label = row.IsDBNull(21) ? null : Label(row),
    };

    private static LabelDefinition Label(NpgsqlDataReader row) => new()
    {
        Version = row.GetInt32(21),
        Kind = row.GetString(22) == "no_order" ? LabelKind.NoOrder : LabelKind.NotRenewed,
        GapDays = row.GetInt32(23),
        HorizonDays = row.GetInt32(24),
        HorizonOfSegment = ChurnJson.Read<Dictionary<string, int>>(row.GetString(25)),
        LookbackMonths = row.GetInt32(26),
        GraceDays = row.GetInt32(27),
    };
}
