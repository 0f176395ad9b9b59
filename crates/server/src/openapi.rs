//! The API's description: gathered from the handlers, completed with what all of them share, and served.

use std::sync::Arc;

use axum::{Router, response::IntoResponse, routing::get};
use passerelle_wire::Problem;
use utoipa::openapi::{
    ContentBuilder, InfoBuilder, LicenseBuilder, OpenApi, OpenApiBuilder, PathItem, Ref, RefOr, Response,
    ResponseBuilder, path::Operation,
};
use utoipa_axum::router::OpenApiRouter;

use crate::problem::{self, Json};

/// Where all routes of the API begin.
pub const BASE: &str = "/api/v1";

/// Where the description is served.
pub const PATH: &str = "/api/v1/openapi.json";

/// The routes (given relative to [`BASE`]) under their full paths, and their description.
pub fn describe<S>(routes: OpenApiRouter<S>) -> (Router<S>, OpenApi)
where
    S: Clone + Send + Sync + 'static,
{
    let info = InfoBuilder::new()
        .title("Passerelle")
        .version("1")
        .description(Some(
            "What the console asks of its server. Calls that change something carry the session's `x-csrf-token` and \
             come from the console's own origin. Every answer carries `x-request-id`.",
        ))
        .license(Some(LicenseBuilder::new().name("MIT").identifier(Some("MIT")).build()))
        .build();
    let base = OpenApiBuilder::new().info(info).build();
    let described = OpenApiRouter::with_openapi(base).nest(BASE, routes);
    let (router, mut document) = described.split_for_parts();
    share_problem(&mut document);
    (router, document)
}

/// Serves the description beside the routes.
pub fn serve<S>(router: Router<S>, document: OpenApi) -> Router<S>
where
    S: Clone + Send + Sync + 'static,
{
    let document = Arc::new(document);
    router.route(PATH, get(move || async move { Json(&*document).into_response() }))
}

/// Whatever goes wrong anywhere is a problem: said once for each operation, as its `default` answer.
fn share_problem(document: &mut OpenApi) {
    let components = document.components.get_or_insert_default();
    let mut schemas = Vec::new();
    <Problem as utoipa::ToSchema>::schemas(&mut schemas);
    schemas.push((<Problem as utoipa::ToSchema>::name().into_owned(), <Problem as utoipa::PartialSchema>::schema()));
    for (name, schema) in schemas {
        components.schemas.entry(name).or_insert(schema);
    }
    for item in document.paths.paths.values_mut() {
        for operation in operations(item) {
            operation.responses.responses.entry("default".to_owned()).or_insert_with(problem_response);
        }
    }
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    [&mut item.get, &mut item.put, &mut item.post, &mut item.delete, &mut item.patch].into_iter().flatten()
}

fn problem_response() -> RefOr<Response> {
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
    RefOr::T(ResponseBuilder::new().description("A problem").content(problem::CONTENT_TYPE, content).build())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use axum::{
        body::Body,
        extract::Request,
        http::{StatusCode, header},
    };
    use tower::ServiceExt;
    use utoipa_axum::routes;

    use super::*;

    #[utoipa::path(get, path = "/ping", responses((status = 200, body = str)))]
    async fn ping() -> &'static str {
        "pong"
    }

    #[tokio::test]
    async fn serves_the_routes_and_their_description() {
        let (router, document) = describe(OpenApiRouter::<()>::new().routes(routes!(ping)));
        let router = serve(router, document);
        let ask = |path: &str| router.clone().oneshot(Request::builder().uri(path).body(Body::empty()).unwrap());
        assert_eq!(ask("/api/v1/ping").await.unwrap().status(), StatusCode::OK);
        let response = ask(PATH).await.unwrap();
        assert_eq!(response.headers()[header::CONTENT_TYPE], "application/json");
        let body = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
        let served: serde_json::Value = serde_json::from_slice(&body).unwrap();
        assert_eq!(served["info"]["title"], "Passerelle");
        let responses = &served["paths"]["/api/v1/ping"]["get"]["responses"];
        assert!(responses["200"].is_object(), "{served:#}");
        let schema = &responses["default"]["content"]["application/problem+json"]["schema"];
        assert_eq!(schema["$ref"], "#/components/schemas/Problem");
        for name in ["Problem", "ProblemCode", "FieldProblem"] {
            assert!(served["components"]["schemas"][name].is_object(), "{name}");
        }
    }
}
