using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Followthrough.Analytics.Store;

/// <summary>What people edit: today the users. Facts, ledger and metrics are read and written by SQL beside their C#.</summary>
public sealed class AnalyticsDbContext(DbContextOptions<AnalyticsDbContext> options) : IdentityDbContext<User, Role, Guid>(options)
{
    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.Entity<User>().ToTable("app_user").Property(u => u.Id).HasColumnName("user_id");
        builder.Entity<Role>().ToTable("app_role").Property(r => r.Id).HasColumnName("role_id");
        builder.Entity<IdentityUserRole<Guid>>().ToTable("app_user_role");
        builder.Entity<IdentityUserClaim<Guid>>().ToTable("app_user_claim").Property(c => c.Id).HasColumnName("claim_id");
        builder.Entity<IdentityRoleClaim<Guid>>().ToTable("app_role_claim").Property(c => c.Id).HasColumnName("claim_id");
        builder.Entity<IdentityUserLogin<Guid>>().ToTable("app_user_login");
        builder.Entity<IdentityUserToken<Guid>>().ToTable("app_user_token");
        builder.Entity<UserTeam>().ToTable("app_user_team").HasKey(t => new { t.UserId, t.TeamKey });
        builder.Entity<User>().Property(u => u.UserName).IsRequired();
        builder.Entity<User>().Property(u => u.NormalizedUserName).IsRequired();
        builder.Entity<Role>().Property(r => r.Name).IsRequired();
        builder.Entity<Role>().Property(r => r.NormalizedName).IsRequired();
        foreach (var property in builder.Model.GetEntityTypes().SelectMany(entity => entity.GetDeclaredProperties()))
            FollowTheSchema(property);
    }

    private static void FollowTheSchema(IMutableProperty property)
    {
        if (property.FindAnnotation(RelationalAnnotationNames.ColumnName) is null)
            property.SetColumnName(JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));
        if (property.ClrType == typeof(string))
            property.SetColumnType("text");
    }
}
