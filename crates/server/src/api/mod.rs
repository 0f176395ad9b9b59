//! The API under `/api/v1`: one file a resource. Handlers read the request, ask, and show; they hold no rules.
//!
//! Who may call a route stands in its signature: no extractor (anyone), `CurrentSession` (a live session),
//! `Changing` (a live session, from our own pages, with its CSRF token). What a session may see of a connection is
//! decided by its grants, in the store.

mod acting;
mod arrivals;
mod attempts;
mod audit;
mod beholder;
mod bridging;
mod callback_check;
mod choices;
pub(crate) mod connections;
mod csv;
mod desk;
mod embed;
mod events;
pub(crate) mod failure;
mod handled;
mod har;
mod har_entry;
mod listing;
mod logos;
mod menu_check;
mod names;
mod operation_query;
mod operation_shown;
mod operation_stats;
mod operation_words;
mod operations;
mod packed;
mod permissions;
mod pos;
mod pos_keys;
mod requests;
mod resend;
mod resendable;
mod session;
mod sessions;
mod setup;
mod shares;
pub(crate) mod showing;
mod sides;
mod stock;
mod stocking;
mod store_clock;
mod till_settings;
mod till_test;
mod vendors;
mod views;

use axum::extract::DefaultBodyLimit;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::state::AppState;

/// Every route, relative to `/api/v1`, with its documentation.
#[must_use]
pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(session::current, session::end))
        .routes(routes!(sessions::list))
        .routes(routes!(sessions::end))
        .routes(routes!(vendors::list))
        .routes(routes!(vendors::one))
        .routes(routes!(vendors::overview))
        .routes(routes!(logos::vendor))
        .routes(routes!(logos::till))
        .routes(routes!(connections::till_status))
        .routes(routes!(embed::begin))
        .routes(routes!(embed::code))
        .routes(routes!(embed::facts))
        .routes(routes!(embed::popup))
        .routes(routes!(attempts::begin))
        .routes(routes!(attempts::finish))
        .routes(routes!(attempts::latest))
        .routes(routes!(attempts::confirm))
        .routes(routes!(arrivals::arrive))
        .routes(routes!(requests::send))
        .routes(routes!(requests::withdraw))
        .routes(routes!(connections::one, connections::disconnect))
        .routes(routes!(events::of_connection))
        .routes(routes!(events::of_till))
        .routes(routes!(permissions::known, permissions::verify))
        .routes(routes!(audit::page))
        .routes(routes!(till_settings::one, till_settings::change, till_settings::reset))
        .routes(routes!(till_test::run))
        .routes(routes!(menu_check::run))
        .routes(routes!(callback_check::ask))
        .routes(routes!(operations::page))
        .routes(routes!(operations::one))
        .routes(routes!(operations::exchange))
        .routes(routes!(operation_stats::numbers))
        .routes(routes!(sides::both))
        .routes(routes!(csv::file))
        .routes(routes!(har::of_one))
        .routes(routes!(har::of_list))
        .merge(requests_by_hand())
        .merge(tills())
        .routes(routes!(stock::board))
        .routes(routes!(stock::history))
        .routes(routes!(stock::sync))
        .routes(routes!(stock::sending))
        .routes(routes!(pos_keys::list, pos_keys::make))
        .routes(routes!(pos_keys::revoke))
        .routes(routes!(handled::mark))
        .routes(routes!(names::show))
        .routes(routes!(shares::case))
        .routes(routes!(shares::list, shares::make))
        .routes(routes!(shares::end))
        .routes(routes!(views::list, views::keep))
        .routes(routes!(views::forget))
        .routes(routes!(desk::one))
        .routes(routes!(desk::connections))
        .routes(routes!(desk::release))
        .routes(routes!(desk::decline))
        .routes(routes!(choices::locations))
        .routes(routes!(choices::catalogs))
        .routes(routes!(choices::customer_lists))
        .routes(routes!(choices::choose))
}

/// What tills call: they bound the body themselves.
fn tills() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(pos::put, pos::patch, pos::get)).layer(DefaultBodyLimit::disable())
}

/// The one call with a body as large as a request to a till.
fn requests_by_hand() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(resend::resend)).layer(DefaultBodyLimit::max(resend::BODY))
}
