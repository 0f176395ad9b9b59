//! `/api/v1/vendors`: who is served here. Public: nothing in it is secret.

use axum::extract::State;
use passerelle_hubrise as hubrise;
use passerelle_vendors as profiles;
use passerelle_wire::{
    Capability, Chosen, Connects, Direction, Ending, Flow, Layout, Level, Localized, Look, Overview, Permission,
    Prerequisite, Problem, Resource, Right, Support, Theme, Till, Vendor, VendorSummary,
};

use crate::problem::{ApiProblem, Json, Path};
use crate::served::{ServedTill, ServedVendor};
use crate::state::AppState;

use super::{logos, setup};

/// The vendors served here, in order of their slugs.
///
/// Who may call: anyone.
#[utoipa::path(get, path = "/vendors", tag = "vendors",
    responses((status = 200, description = "All of them; there are few", body = [VendorSummary])))]
pub(super) async fn list(State(state): State<AppState>) -> Json<Vec<VendorSummary>> {
    let summary = |vendor: &ServedVendor| VendorSummary {
        slug: vendor.profile.slug.clone(),
        name: vendor.profile.name.clone(),
        brand: vendor.profile.brand.to_string(),
        category: localized(&vendor.profile.overview.category),
    };
    Json(state.vendors().iter().map(summary).collect())
}

/// One vendor: its words, its tills and what they ask of HubRise.
///
/// Who may call: anyone.
#[utoipa::path(get, path = "/vendors/{vendor}", tag = "vendors",
    params(("vendor" = String, Path, description = "The vendor's slug")),
    responses(
        (status = 200, description = "The vendor", body = Vendor),
        (status = 404, description = "`vendor_unknown`", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn one(State(state): State<AppState>, Path(slug): Path<String>) -> Result<Json<Vendor>, ApiProblem> {
    let vendor = state.vendors().get(&slug)?;
    let profile = &vendor.profile;
    Ok(Json(Vendor {
        slug: profile.slug.clone(),
        name: profile.name.clone(),
        brand: profile.brand.to_string(),
        look: Look {
            radius: profile.look.radius,
            font: profile.look.font_family(),
            theme: profile.look.theme.map(|theme| match theme {
                profiles::Theme::Light => Theme::Light,
                profiles::Theme::Dark => Theme::Dark,
            }),
        },
        logo_url: logos::of_vendor(vendor),
        promise: localized(&profile.promise),
        connects: match profile.connects {
            profiles::Connects::SelfService => Connects::SelfService,
            profiles::Connects::Support => Connects::Support,
            profiles::Connects::Hubrise => Connects::Hubrise,
        },
        layout: match profile.layout {
            profiles::Layout::Page => Layout::Page,
            profiles::Layout::Cards => Layout::Cards,
        },
        ending: Ending {
            label: localized(&profile.ending.label),
            title: localized(&profile.ending.title),
            confirm: localized(&profile.ending.confirm),
            locks: profile.ending.locks,
        },
        flows: profile.overview.flows.iter().map(flow).collect(),
        never: profile.overview.never.iter().map(localized).collect(),
        contact: profile.overview.contact.clone(),
        prerequisites: profile.prerequisites.iter().map(prerequisite).collect(),
        capabilities: profile.capabilities.iter().map(capability).collect(),
        menu_path: profile.menu_path.clone(),
        support: Support {
            email: profile.support.email.clone(),
            role: profile.support.role.clone(),
            phone: profile.support.phone.clone(),
            docs_url: profile.support.docs_url.clone(),
            till_email: profile.support.till_email.clone(),
        },
        signup_url: state.signup_url().to_owned(),
        back_office_url: state.back_office_url().to_owned(),
        tills: vendor.tills.iter().map(|shown| till(vendor, shown)).collect(),
    }))
}

/// What a vendor's product is, for the page before connecting.
///
/// Who may call: anyone.
#[utoipa::path(get, path = "/vendors/{vendor}/overview", tag = "vendors",
    params(("vendor" = String, Path, description = "The vendor's slug")),
    responses(
        (status = 200, description = "What it is", body = Overview),
        (status = 404, description = "`vendor_unknown`", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn overview(
    State(state): State<AppState>,
    Path(slug): Path<String>,
) -> Result<Json<Overview>, ApiProblem> {
    let profile = &state.vendors().get(&slug)?.profile;
    let overview = &profile.overview;
    Ok(Json(Overview {
        what: localized(&overview.what),
        category: localized(&overview.category),
        availability: localized(&overview.availability),
        price: localized(&overview.price),
        website: overview.website.clone(),
        setup: setup::shown(&profile.setup),
    }))
}

fn flow(flow: &profiles::Flow) -> Flow {
    Flow {
        what: localized(&flow.what),
        direction: match flow.direction {
            profiles::Direction::ToTill => Direction::ToTill,
            profiles::Direction::ToHubrise => Direction::ToHubrise,
            profiles::Direction::Both => Direction::Both,
        },
    }
}

fn prerequisite(prerequisite: &profiles::Prerequisite) -> Prerequisite {
    Prerequisite { what: localized(&prerequisite.what), otherwise: localized(&prerequisite.otherwise) }
}

fn capability(capability: &profiles::Capability) -> Capability {
    match capability {
        profiles::Capability::Inventory => Capability::Inventory,
        profiles::Capability::OrderBridge => Capability::OrderBridge,
    }
}

fn till(vendor: &ServedVendor, till: &ServedTill) -> Till {
    let left = till.asked.left;
    let chosen = [
        (left.location, Chosen::Location),
        (left.catalog, Chosen::Catalog),
        (left.customer_list, Chosen::CustomerList),
    ];
    Till {
        id: till.id().to_owned(),
        name: localized(till.name()),
        logo_url: logos::of_till(vendor, till),
        disabled: till.disabled().map(localized),
        asks_key: till.asks_key(),
        permissions: till.scope.permissions().iter().map(permission).collect(),
        chosen_here: chosen.into_iter().filter(|(here, _)| *here).map(|(_, what)| what).collect(),
    }
}

fn localized(text: &profiles::Localized) -> Localized {
    Localized { en: text.en.clone(), fr: text.fr.clone() }
}

pub(super) fn permission(permission: &hubrise::Permission) -> Permission {
    Permission {
        level: match permission.level {
            hubrise::Level::Location => Level::Location,
            hubrise::Level::Account => Level::Account,
        },
        resource: match permission.resource {
            hubrise::Resource::Orders => Resource::Orders,
            hubrise::Resource::CustomerList => Resource::CustomerList,
            hubrise::Resource::Catalog => Resource::Catalog,
            hubrise::Resource::Inventory => Resource::Inventory,
            hubrise::Resource::AllCustomerLists => Resource::AllCustomerLists,
            hubrise::Resource::AllCatalogs => Resource::AllCatalogs,
        },
        right: match permission.right {
            hubrise::Right::Read => Right::Read,
            hubrise::Right::Write => Right::Write,
        },
    }
}
