//! A vendor as the app sees it: its profile without its secrets.

use serde::{Deserialize, Serialize};

/// A text a profile gives in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Localized {
    /// English.
    pub en: String,
    /// French.
    pub fr: String,
}

/// One line of `GET /api/v1/vendors`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct VendorSummary {
    /// The vendor's name in URLs: lower-case letters, digits and hyphens.
    pub slug: String,
    /// The name its users know.
    pub name: String,
    /// Its brand colour, `#rrggbb`.
    pub brand: String,
    /// Its category, for the list.
    pub category: Localized,
}

/// `GET /api/v1/vendors/{vendor}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Vendor {
    /// The vendor's name in URLs.
    pub slug: String,
    /// The name its users know.
    pub name: String,
    /// Its brand colour, `#rrggbb`; the app derives the rest.
    pub brand: String,
    /// How the app looks for it, beside that.
    pub look: Look,
    /// Where its logo is, on this origin; its own or a monogram.
    pub logo_url: String,
    /// One line: what connecting brings.
    pub promise: Localized,
    /// Who makes the connection.
    pub connects: Connects,
    /// How its tills are shown.
    pub layout: Layout,
    /// The words its users know for ending a connection.
    pub ending: Ending,
    /// What flows, in the order to show it.
    pub flows: Vec<Flow>,
    /// What never flows.
    pub never: Vec<Localized>,
    /// Whom to ask about the product: an e-mail address.
    pub contact: Option<String>,
    /// What must be there before connecting, in order; may be empty.
    pub prerequisites: Vec<Prerequisite>,
    /// What it can do beside connecting.
    pub capabilities: Vec<Capability>,
    /// Where its users find this page in the vendor's own back office, outermost menu first.
    pub menu_path: Vec<String>,
    /// Who helps.
    pub support: Support,
    /// Where to open a HubRise account.
    pub signup_url: String,
    /// HubRise's back office.
    pub back_office_url: String,
    /// The tills that can be connected, in the order to show them; at least one.
    pub tills: Vec<Till>,
}

/// How the app looks for a vendor; nothing where it looks as it always does.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Look {
    /// How round cards are, in CSS pixels: 0 to 24.
    pub radius: Option<u8>,
    /// Font families, as a CSS `font-family` lists them: names in quotes, commas between.
    pub font: Option<String>,
    /// Light or dark, for who chooses neither.
    pub theme: Option<Theme>,
}

/// Light or dark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// Dark ink on a light ground.
    Light,
    /// Light ink on a dark ground.
    Dark,
}

/// Who makes a vendor's connections.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Connects {
    /// The merchant, here.
    #[serde(rename = "self")]
    SelfService,
    /// The vendor's support, on the merchant's request.
    Support,
    /// The merchant, from HubRise's back office.
    Hubrise,
}

/// How a vendor's tills are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Layout {
    /// A page a till.
    Page,
    /// A card a till, with a dialog of details.
    Cards,
}

/// How a connection ends, in the vendor's words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Ending {
    /// The button.
    pub label: Localized,
    /// The title of the question.
    pub title: Localized,
    /// The button that confirms.
    pub confirm: Localized,
    /// Whether only support can allow a new connection afterwards.
    pub locks: bool,
}

/// `GET /api/v1/vendors/{vendor}/overview`: what a vendor's product is, for the page before connecting. Apart from
/// [`Vendor`], which every page reads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Overview {
    /// What it is, a few sentences.
    pub what: Localized,
    /// Its category.
    pub category: Localized,
    /// Where it is available.
    pub availability: Localized,
    /// What it costs.
    pub price: Localized,
    /// Its web site; `https`.
    pub website: Option<String>,
    /// How to set it up, as paragraphs, headings and steps; may be empty.
    pub setup: Setup,
}

/// One thing that flows between HubRise and the till.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Flow {
    /// What.
    pub what: Localized,
    /// Which way.
    pub direction: Direction,
}

/// Which way something flows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// From HubRise to the till.
    ToTill,
    /// From the till to HubRise.
    ToHubrise,
    /// Both ways.
    Both,
}

/// Something that must be there before connecting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Prerequisite {
    /// What.
    pub what: Localized,
    /// What to do without it.
    pub otherwise: Localized,
}

/// Something a vendor's product can do beside connecting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Capability {
    /// The till's stock is sent to HubRise.
    Inventory,
    /// HubRise's orders are pushed to a till that cannot fetch them, with an API token of the till.
    OrderBridge,
}

/// A text of a profile, block by block, in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Setup {
    /// English.
    pub en: Vec<Block>,
    /// French.
    pub fr: Vec<Block>,
}

/// One block of a profile's text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its text, in runs.
    pub runs: Vec<Run>,
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum BlockKind {
    /// A heading.
    Heading,
    /// A paragraph.
    Paragraph,
    /// A numbered step; neighbours are one list.
    Step,
    /// A remark to set apart.
    Note,
}

/// A piece of text, plain or bold (a label the reader sees on a screen).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Run {
    /// The text.
    pub text: String,
    /// Whether it is a label.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub bold: bool,
}

/// How a vendor's support is reached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Support {
    /// The address to which a manager gives access at HubRise.
    pub email: String,
    /// The role to give it at HubRise, as HubRise's page calls it (`Manager`).
    pub role: String,
    /// Telephone, if any.
    pub phone: Option<String>,
    /// The vendor's documentation, if any.
    pub docs_url: Option<String>,
    /// Where those who make the till's software help with it, if that is somebody else.
    pub till_email: Option<String>,
}

/// A till of a vendor: the thing that gets connected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Till {
    /// The till's name in URLs, unique within its vendor.
    pub id: String,
    /// The name its users know.
    pub name: Localized,
    /// Where this till's logo is, on this origin, where tills are shown as cards.
    pub logo_url: Option<String>,
    /// Why it cannot be connected by its users, if it cannot.
    pub disabled: Option<Localized>,
    /// Whether an identification key, given by the vendor's support, is asked for before connecting.
    pub asks_key: bool,
    /// What it asks of HubRise.
    pub permissions: Vec<Permission>,
    /// What is chosen in the console after HubRise's page; empty when HubRise's page makes every choice.
    pub chosen_here: Vec<Chosen>,
}

/// Something that HubRise's page leaves for the console to choose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Chosen {
    /// A location of the connected account.
    Location,
    /// A catalog of the location or of its account.
    Catalog,
    /// A customer list of the location or of its account.
    CustomerList,
}

/// One permission of an OAuth scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Permission {
    /// Over one location or over the whole account.
    pub level: Level,
    /// Over what.
    pub resource: Resource,
    /// To do what.
    pub right: Right,
}

/// How far a permission reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// One location.
    Location,
    /// Every location of an account.
    Account,
}

/// HubRise's resources, as its scopes name them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Resource {
    /// Orders.
    Orders,
    /// One customer list.
    CustomerList,
    /// One catalog.
    Catalog,
    /// The inventory of a catalog at a location.
    Inventory,
    /// Every customer list.
    AllCustomerLists,
    /// Every catalog.
    AllCatalogs,
}

/// What a permission allows. Writing includes reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Right {
    /// See.
    Read,
    /// See and change.
    Write,
}
