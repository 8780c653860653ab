using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Followthrough.Dashboard.Api;

/// <summary>What the OpenAPI document says beyond the shapes: what it is, how one is let in, and which parameters an address takes.</summary>
internal static class ApiDocument
{
    private const string Scheme = "bearer";

    internal static void Describe(OpenApiOptions options)
    {
        options.ShouldInclude = endpoint => endpoint.ActionDescriptor.EndpointMetadata.OfType<ApiParameters>().Any();
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo { Title = "Followthrough", Version = "v1", Description = "What the pages show, for programs, for whoever the token stands for. Read only, but for the steps of pay runs and disputes and for signing quarters: each takes a token made for it." };
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
            {
                [Scheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = Scheme, Description = "A token made under Settings: it reads, or also takes the steps of pay runs and disputes, or also signs quarters." },
            };
            document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, document)] = [] }];
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            operation.Parameters ??= [];
            foreach (var parameter in context.Description.ActionDescriptor.EndpointMetadata.OfType<ApiParameters>().Single().All)
                operation.Parameters.Add(new OpenApiParameter
                {
                    Name = parameter.Name,
                    In = ParameterLocation.Query,
                    Description = parameter.Meaning,
                    Schema = new OpenApiSchema { Type = parameter.Name == "size" ? JsonSchemaType.Integer : JsonSchemaType.String },
                });
            return Task.CompletedTask;
        });
    }
}
