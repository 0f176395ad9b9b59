//! What an embed token says, and whether it may.

use jiff::{SignedDuration, Timestamp};
use passerelle_store::EmbedRole;
use serde::{Deserialize, Serialize};

use super::token::{self, Refused};
use crate::crypto::derived;
use crate::served::ServedVendor;

/// The longest a token may be good for.
const LONGEST_LIFE: i64 = 300;
/// How far the clock of a back office may be from ours, in seconds.
const LEEWAY: i64 = 30;
/// Characters of an id: a user's, a restaurant's, a token's.
const LONGEST_ID: usize = 128;
/// Fewer would be guessed, or used twice.
const SHORTEST_JTI: usize = 16;
/// Characters of a name.
const LONGEST_NAME: usize = 120;
/// Tills of one token.
const MOST_TILLS: usize = 32;

/// What the console speaks.
const LANGUAGES: [&str; 2] = ["en", "fr"];

/// As written.
#[derive(Deserialize)]
struct Written {
    iss: String,
    aud: String,
    sub: String,
    merchant: String,
    tills: Vec<String>,
    role: Role,
    #[serde(default)]
    name: String,
    #[serde(default)]
    locale: Option<String>,
    iat: i64,
    exp: i64,
    #[serde(default)]
    nbf: Option<i64>,
    jti: String,
}

#[derive(Clone, Copy, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
enum Role {
    Manager,
    Viewer,
    Support,
}

/// A user as a back office names them, believed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claims {
    /// The back office's id of the restaurant.
    pub merchant: String,
    /// The tills it is about, in order and each once.
    pub tills: Vec<String>,
    /// What the user may do.
    pub role: EmbedRole,
    /// The user's name; text from outside.
    pub name: String,
    /// The user's language, if it is one of ours.
    pub locale: Option<&'static str>,
    /// The token's id.
    pub jti: String,
    /// When the token is void in any case: later than it says by the clocks' difference.
    pub void_at: Timestamp,
    /// Stands for who may do what: another for each user, merchant, role and list of tills.
    pub identity: String,
}

impl Claims {
    /// Of a token for this vendor's console at `audience`, now.
    ///
    /// # Errors
    /// Why it is refused. Nothing about the token's use: that is the store's to tell.
    pub fn of(token: &str, vendor: &ServedVendor, audience: &str, now: Timestamp) -> Result<Self, Refused> {
        let claims = token::verified(token, vendor.embed_keys())?;
        let written: Written = serde_json::from_slice(&claims).map_err(|_| Refused::Claims)?;
        written.judged(vendor, audience, now)
    }
}

impl Written {
    fn judged(self, vendor: &ServedVendor, audience: &str, now: Timestamp) -> Result<Claims, Refused> {
        let texts = [&self.sub, &self.merchant, &self.jti];
        let sound = texts.iter().all(|text| is_id(text)) && self.jti.chars().count() >= SHORTEST_JTI;
        if !sound || self.name.chars().count() > LONGEST_NAME {
            return Err(Refused::Claims);
        }
        if self.iss != vendor.slug() {
            return Err(Refused::Issuer);
        }
        if self.aud != audience {
            return Err(Refused::Audience);
        }
        let second = now.as_second();
        if self.exp.saturating_add(LEEWAY) <= second {
            return Err(Refused::Expired);
        }
        if self.iat.max(self.nbf.unwrap_or(self.iat)) > second.saturating_add(LEEWAY) {
            return Err(Refused::Early);
        }
        if self.exp.saturating_sub(self.iat) > LONGEST_LIFE {
            return Err(Refused::TooLasting);
        }
        let mut tills = self.tills;
        tills.sort_unstable();
        tills.dedup();
        let known = |id: &String| vendor.tills.iter().any(|till| till.id() == id);
        if tills.is_empty() || tills.len() > MOST_TILLS || !tills.iter().all(known) {
            return Err(Refused::Tills);
        }
        let who =
            serde_json::to_string(&(&self.sub, &self.merchant, self.role, &tills)).map_err(|_| Refused::Claims)?;
        let exp = Timestamp::from_second(self.exp).map_err(|_| Refused::Claims)?;
        Ok(Claims {
            merchant: self.merchant,
            tills,
            role: match self.role {
                Role::Manager => EmbedRole::Manager,
                Role::Viewer => EmbedRole::Viewer,
                Role::Support => EmbedRole::Support,
            },
            name: self.name,
            locale: self.locale.as_deref().and_then(spoken),
            jti: self.jti,
            void_at: exp + SignedDuration::from_secs(LEEWAY),
            identity: derived("embedded user", &who),
        })
    }
}

/// Of a language tag (BCP 47), the language, where the console speaks it: of any other the user's browser knows better.
fn spoken(tag: &str) -> Option<&'static str> {
    let language = tag.split(['-', '_']).next().unwrap_or_default();
    LANGUAGES.into_iter().find(|known| language.eq_ignore_ascii_case(known))
}

/// An id of somebody else's: text on one line, not empty, not endless.
fn is_id(text: &str) -> bool {
    !text.trim().is_empty() && text.chars().count() <= LONGEST_ID && !text.chars().any(char::is_control)
}
