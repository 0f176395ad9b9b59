//! Console and sandbox together: their addresses, their settings, and both started as one.

use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::process::Command;

use anyhow::{Context, bail};

use crate::service::{Service, tethered};

/// The vendors served, by slug. The sandbox registers an app for each.
const VENDORS: [&str; 4] = ["pos-helper", "carre-pos", "somm-it", "pixelpoint-bridge"];
/// What SOMM'IT's till `zelty` asks for before connecting: no secret of anybody's.
pub(crate) const TILL_KEY: &str = "CAVE-2026";

/// Where console and sandbox listen, and what the browser calls the console.
#[derive(Debug, Clone)]
pub(crate) struct Addresses {
    pub(crate) console_port: u16,
    pub(crate) sandbox_port: u16,
    pub(crate) pixelpoint_port: u16,
    pub(crate) offices_port: u16,
    /// The address in the browser's bar, which HubRise sends it back to.
    pub(crate) public_url: String,
}

impl Addresses {
    /// The console on `base`, HubRise's sandbox on the port after it, PixelPoint's on the next, then the back offices'.
    pub(crate) fn from_base(base: u16) -> anyhow::Result<Self> {
        let offices_port =
            base.checked_add(3).filter(|_| base > 0).context("`--port-base` must be between 1 and 65532")?;
        let (sandbox_port, pixelpoint_port) = (base + 1, base + 2);
        Ok(Self { console_port: base, sandbox_port, pixelpoint_port, offices_port, public_url: url(base) })
    }

    /// Ports nobody uses, for measures.
    pub(crate) fn free() -> anyhow::Result<Self> {
        let ports = free_ports(4)?;
        Ok(Self {
            console_port: ports[0],
            sandbox_port: ports[1],
            pixelpoint_port: ports[2],
            offices_port: ports[3],
            public_url: url(ports[0]),
        })
    }

    pub(crate) fn console(&self) -> String {
        url(self.console_port)
    }

    pub(crate) fn sandbox(&self) -> String {
        url(self.sandbox_port)
    }

    /// The vendors' back offices, by the name that makes them another site than the console.
    pub(crate) fn offices(&self) -> String {
        format!("http://localhost:{}", self.offices_port)
    }

    /// The EOI of the sandbox's PixelPoint.
    pub(crate) fn eoi(&self) -> String {
        format!("{}/api/v1/eoi", url(self.pixelpoint_port))
    }
}

/// Fails, naming the port, when somebody listens on it already.
pub(crate) fn check_free(port: u16, otherwise: &str) -> anyhow::Result<()> {
    match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
        Ok(_free) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => {
            bail!("port {port} is in use by another program; {otherwise}")
        }
        Err(error) => Err(error).with_context(|| format!("cannot listen on port {port}; {otherwise}")),
    }
}

/// Ports nobody uses, all different.
pub(crate) fn free_ports(count: usize) -> anyhow::Result<Vec<u16>> {
    let holders: Vec<_> = (0..count).map(|_| TcpListener::bind((Ipv4Addr::LOCALHOST, 0))).collect::<Result<_, _>>()?;
    Ok(holders
        .iter()
        .map(TcpListener::local_addr)
        .map(|address| address.map(|it| it.port()))
        .collect::<Result<_, _>>()?)
}

/// The loopback address of a port, without a trailing slash.
pub(crate) fn url(port: u16) -> String {
    format!("http://127.0.0.1:{port}")
}

/// The console's command: everything by environment, and no setting of the developer's own.
pub(crate) fn console(binary: &Path, at: &Addresses, data: &Path) -> Command {
    let mut command = tethered(binary);
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("PASSERELLE_")) {
        command.env_remove(name);
    }
    // In its data folder there is no passerelle.toml either.
    command.arg("serve").current_dir(data);
    let sandbox = at.sandbox();
    let settings = [
        ("SERVER_LISTEN", format!("127.0.0.1:{}", at.console_port)),
        ("SERVER_PUBLIC_URL", at.public_url.clone()),
        ("SERVER_DATA_DIR", data.display().to_string()),
        ("HUBRISE_OAUTH_URL", format!("{sandbox}/oauth2/v1")),
        ("HUBRISE_API_URL", format!("{sandbox}/v1")),
        ("HUBRISE_BACK_OFFICE_URL", sandbox.clone()),
        ("HUBRISE_SIGNUP_URL", format!("{sandbox}/signup")),
        ("PIXELPOINT_EOI_URL", at.eoi()),
        // Not public; the sandbox takes this one.
        ("PIXELPOINT_DISCOUNTS_REQUEST_TYPE", "2048".to_owned()),
        ("VENDORS_SOMM_IT_TILL_KEY", TILL_KEY.to_owned()),
    ];
    command.envs(settings.map(|(name, value)| (format!("PASSERELLE_{name}"), value)));
    command.envs(VENDORS.into_iter().flat_map(client_of));
    let offices = at.offices();
    command.envs(VENDORS.into_iter().flat_map(|slug| embedding_of(slug, &offices)));
    command
}

/// The settings of a vendor's client, as the sandbox seeds it: no secret of anybody's.
fn client_of(slug: &str) -> [(String, String); 2] {
    let name = slug.replace('-', "_").to_uppercase();
    [
        (format!("PASSERELLE_VENDORS_{name}_CLIENT_ID"), format!("{slug}-sandbox")),
        (format!("PASSERELLE_VENDORS_{name}_CLIENT_SECRET"), format!("{slug}-sandbox-secret")),
    ]
}

/// The settings by which a vendor's back office may show the console, as the sandbox's offices have it: the secret they
/// sign with is no secret of anybody's.
fn embedding_of(slug: &str, offices: &str) -> [(String, String); 2] {
    let name = slug.replace('-', "_").to_uppercase();
    [
        (format!("PASSERELLE_VENDORS_{name}_EMBED_SECRET"), format!("{slug}-sandbox-embed-secret-for-the-demo")),
        (format!("PASSERELLE_VENDORS_{name}_EMBED_ORIGINS"), offices.to_owned()),
    ]
}

/// The sandbox's command.
pub(crate) fn sandbox(binary: &Path, at: &Addresses) -> Command {
    let mut command = tethered(binary);
    command.args(["--listen", &format!("127.0.0.1:{}", at.sandbox_port), "--console", &at.public_url]);
    command.args(["--pixelpoint", &format!("127.0.0.1:{}", at.pixelpoint_port)]);
    command.args(["--offices", &format!("127.0.0.1:{}", at.offices_port)]);
    command
}

/// A console and the sandbox it talks to.
#[derive(Debug)]
pub(crate) struct Pair {
    console: Service,
    sandbox: Service,
}

impl Pair {
    /// Starts both, logs beside the data, and waits until both answer.
    pub(crate) fn start(
        console: &mut Command,
        sandbox: &mut Command,
        at: &Addresses,
        data: &Path,
    ) -> anyhow::Result<Self> {
        let mut sandbox = Service::start("the sandbox", sandbox, data.join("sandbox.log"))?;
        let mut console = Service::start("the console", console, data.join("console.log"))?;
        sandbox.until_it_answers(at.sandbox_port, "/_sandbox/health")?;
        console.until_it_answers(at.console_port, "/readyz")?;
        Ok(Self { console, sandbox })
    }

    /// Fails when either has ended.
    pub(crate) fn check(&mut self) -> anyhow::Result<()> {
        self.console.check()?;
        self.sandbox.check()
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    #[test]
    fn a_port_in_use_is_named_with_what_helps() {
        let holder = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = holder.local_addr().unwrap().port();
        let error = check_free(port, "choose another with `--port-base`").unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("port {port} is in use by another program; choose another with `--port-base`")
        );
    }

    #[test]
    fn the_console_is_given_every_vendors_client_its_back_office_and_the_tills_key() {
        let at = Addresses::from_base(9000).unwrap();
        let command = console(Path::new("/nowhere/passerelle"), &at, Path::new("/nowhere"));
        let set = |name: &str| {
            let value = command.get_envs().find(|(known, _)| *known == name).and_then(|(_, value)| value);
            value.map(|value| value.to_string_lossy().into_owned())
        };
        assert_eq!(set("PASSERELLE_VENDORS_PIXELPOINT_BRIDGE_CLIENT_ID").as_deref(), Some("pixelpoint-bridge-sandbox"));
        for slug in VENDORS {
            let name = slug.replace('-', "_").to_uppercase();
            assert_eq!(
                set(&format!("PASSERELLE_VENDORS_{name}_CLIENT_SECRET")),
                Some(format!("{slug}-sandbox-secret"))
            );
            let shared = set(&format!("PASSERELLE_VENDORS_{name}_EMBED_SECRET"));
            assert_eq!(shared, Some(format!("{slug}-sandbox-embed-secret-for-the-demo")));
            let origins = set(&format!("PASSERELLE_VENDORS_{name}_EMBED_ORIGINS"));
            assert_eq!(origins.as_deref(), Some("http://localhost:9003"));
        }
        assert_eq!(set("PASSERELLE_VENDORS_SOMM_IT_TILL_KEY").as_deref(), Some(TILL_KEY));
    }

    #[test]
    fn the_sandbox_listens_after_the_console() {
        let at = Addresses::from_base(9000).unwrap();
        assert_eq!((at.console(), at.sandbox()), ("http://127.0.0.1:9000".into(), "http://127.0.0.1:9001".into()));
        assert_eq!(at.eoi(), "http://127.0.0.1:9002/api/v1/eoi");
        assert_eq!(at.offices(), "http://localhost:9003");
        assert!(Addresses::from_base(0).is_err());
        assert!(Addresses::from_base(u16::MAX - 2).is_err());
    }
}
