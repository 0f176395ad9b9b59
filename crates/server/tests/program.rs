//! The program from outside: its command line, its exit codes, what it prints, and how it stops.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::Path,
    process::{Child, Command, Output, Stdio},
};

/// A run in a folder of its own, with no settings but these.
fn passerelle(folder: &Path, arguments: &[&str], environment: &[(&str, &str)]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_passerelle"));
    command.current_dir(folder).args(arguments).env_clear().envs(environment.iter().copied());
    command
}

fn run(folder: &Path, arguments: &[&str], environment: &[(&str, &str)]) -> Output {
    passerelle(folder, arguments, environment).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

const CLIENT: [(&str, &str); 2] = [
    ("PASSERELLE_VENDORS_POS_HELPER_CLIENT_ID", "an-id"),
    ("PASSERELLE_VENDORS_POS_HELPER_CLIENT_SECRET", "hush-hush"),
];

#[test]
fn check_shows_the_settings_in_force_without_secrets_and_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("passerelle.toml"), "[log]\nlevel = 'debug'\n").unwrap();
    let output = run(folder.path(), &["check"], &CLIENT);
    let shown = text(&output.stdout);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(shown.contains("level = \"debug\"  # passerelle.toml:2\n"), "{shown}");
    assert!(
        shown.contains("client_id = \"an-id\"  # environment PASSERELLE_VENDORS_POS_HELPER_CLIENT_ID\n"),
        "{shown}"
    );
    assert!(shown.contains("client_secret = \"********\"") && !shown.contains("hush"), "{shown}");
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["passerelle.toml"]);
}

#[test]
fn wrong_settings_are_all_told_on_standard_error_with_code_2() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("own.toml"), "[server]\nlisten = 1\n").unwrap();
    for command in ["check", "serve"] {
        let output = run(folder.path(), &[command, "--config", "own.toml"], &[("PASSERELLE_NONSENSE", "1")]);
        assert_eq!(output.status.code(), Some(2));
        assert_eq!(text(&output.stdout), "");
        assert_eq!(
            text(&output.stderr),
            "passerelle: the configuration has 2 faults:\n  \
             own.toml:2: `server.listen`: must be a string, not an integer\n  \
             environment PASSERELLE_NONSENSE: there is no such setting\n"
        );
    }
}

#[test]
fn a_wrong_command_line_is_explained_with_code_2() {
    let folder = tempfile::tempdir().unwrap();
    let output = run(folder.path(), &["start"], &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).starts_with("passerelle: there is no command `start`\n\npasserelle: connects"));
    assert!(text(&run(folder.path(), &["--version"], &[]).stdout).starts_with("passerelle 0."));
}

/// A profile as an operator writes one: copied from one that is part of the program, under another name.
fn profile(folder: &Path, slug: &str) {
    let (from, to) = (Path::new(env!("CARGO_MANIFEST_DIR")).join("../vendors/profiles/pos-helper"), folder.join(slug));
    fs::create_dir_all(&to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, to.join(path.file_name().unwrap())).unwrap();
    }
}

#[test]
fn vendors_check_says_what_it_found_and_what_to_set() {
    let folder = tempfile::tempdir().unwrap();
    profile(&folder.path().join("vendors"), "bella-till");
    for place in ["vendors", "vendors/bella-till"] {
        let output = run(folder.path(), &["vendors", "check", place], &[]);
        assert!(output.status.success(), "{}", text(&output.stderr));
        assert_eq!(
            text(&output.stdout),
            "bella-till: POS HELPER, connected by the merchant, in the console\n  \
             till caisse: location[orders.write,customer_list.write,catalog.read]\n  \
             till comptoir: account[orders.write,all_customer_lists.write,all_catalogs.read]\n  \
             served once these are set: PASSERELLE_VENDORS_BELLA_TILL_CLIENT_ID, \
             PASSERELLE_VENDORS_BELLA_TILL_CLIENT_SECRET\n"
        );
    }
    let built_in = concat!(env!("CARGO_MANIFEST_DIR"), "/../vendors/profiles");
    let shown = text(&run(folder.path(), &["vendors", "check", built_in], &[]).stdout);
    assert!(shown.contains("  till zelty: ") && shown.contains(", asks for a key\n"), "{shown}");
    assert!(shown.contains(", PASSERELLE_VENDORS_SOMM_IT_TILL_KEY\n"), "{shown}");
}

#[test]
fn vendors_check_tells_every_fault_with_code_2_and_so_does_a_server_that_reads_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    let vendors = folder.path().join("vendors");
    profile(&vendors, "bella-till");
    let place = vendors.join("bella-till/profile.toml");
    let sound = fs::read_to_string(&place).unwrap();
    let wrong =
        sound.replace("brand = \"#c2410c\"", "brand = \"orange\"").replace("customer_list.write", "customer_list.fly");
    fs::write(&place, wrong).unwrap();
    fs::write(vendors.join("bella-till/logo.svg"), " ".repeat(5 * 1024 * 1024)).unwrap();
    let output = run(folder.path(), &["vendors", "check", "vendors"], &[]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(text(&output.stdout), "");
    let told = text(&output.stderr);
    for part in [
        "vendors/bella-till/logo.svg:1: is larger than 32 KiB: simplify the drawing\n",
        "vendors/bella-till/profile.toml:3: brand: a colour is written `#rrggbb`\n",
        ": tills[0].scope: ",
        "\npasserelle: 3 faults\n",
    ] {
        assert!(told.contains(part), "{part} not in\n{told}");
    }
    assert_eq!(told.lines().count(), 4, "{told}");

    let settings = [&CLIENT[..], &[("PASSERELLE_SERVER_PROFILES_DIR", "vendors")]].concat();
    for command in ["check", "serve"] {
        let output = run(folder.path(), &[command], &settings);
        assert_eq!(output.status.code(), Some(1), "{command}");
        let refused = text(&output.stderr);
        for line in told.lines().take(3) {
            assert!(refused.contains(line), "{line} not in\n{refused}");
        }
    }
    fs::remove_dir_all(vendors.join("bella-till")).unwrap();
    assert_eq!(run(folder.path(), &["vendors", "check", "vendors"], &[]).status.code(), Some(2), "nothing to check");
    assert!(run(folder.path(), &["check"], &settings).status.success(), "but an empty folder adds nothing");
}

#[test]
fn a_till_that_asks_for_a_key_keeps_the_server_from_starting_without_one() {
    let folder = tempfile::tempdir().unwrap();
    let client =
        [("PASSERELLE_VENDORS_SOMM_IT_CLIENT_ID", "an-id"), ("PASSERELLE_VENDORS_SOMM_IT_CLIENT_SECRET", "hush-hush")];
    let refused = run(folder.path(), &["check"], &client);
    assert_eq!(refused.status.code(), Some(1));
    assert!(text(&refused.stderr).contains("set PASSERELLE_VENDORS_SOMM_IT_TILL_KEY"), "{}", text(&refused.stderr));
    let key = ("PASSERELLE_VENDORS_SOMM_IT_TILL_KEY", "cave-secret");
    let output = run(folder.path(), &["check"], &[&client[..], &[key]].concat());
    let shown = text(&output.stdout);
    assert!(output.status.success() && shown.contains("till_key = \"********\""), "{shown}");
    assert!(!shown.contains("cave-secret"), "{shown}");
    fs::write(folder.path().join("passerelle.toml"), "[vendors.somm-it]\ntill_key = 'cave-secret'\n").unwrap();
    let in_file = run(folder.path(), &["check"], &client);
    assert_eq!(in_file.status.code(), Some(2), "a secret in a file is refused");
}

/// A server on a free port, stopped hard if the test ends early.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself, which is what most tests ask of it.
        let _ended = self.0.kill();
        let _reaped = self.0.wait();
    }
}

#[cfg(unix)]
#[test]
fn serves_until_told_to_stop_and_leaves_private_files() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let mut environment = CLIENT.to_vec();
    environment.push(("PASSERELLE_SERVER_LISTEN", "127.0.0.1:0"));
    let child = passerelle(folder.path(), &["serve"], &environment).stdout(Stdio::piped()).spawn().unwrap();
    let mut server = Server(child);
    let mut log = BufReader::new(server.0.stdout.take().unwrap()).lines().map(Result::unwrap);
    let address = log.find_map(|line| {
        let line: serde_json::Value = serde_json::from_str(&line).unwrap();
        (line["message"] == "listening").then(|| line["address"].as_str().unwrap().to_owned())
    });
    let address = address.unwrap();
    let mut client = TcpStream::connect(&address).unwrap();
    client.write_all(b"GET /readyz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    client.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 OK") && answer.ends_with(r#"{"status":"ready"}"#), "{answer}");

    let second = run(folder.path(), &["serve"], &[&CLIENT[..], &[("PASSERELLE_SERVER_LISTEN", &address)]].concat());
    assert_eq!(second.status.code(), Some(1));
    let port = address.rsplit_once(':').unwrap().1;
    assert!(text(&second.stderr).contains(&format!("port {port} is in use")), "{}", text(&second.stderr));

    let told = Command::new("kill").args(["-TERM", &server.0.id().to_string()]).status().unwrap();
    assert!(told.success());
    assert_eq!(server.0.wait().unwrap().code(), Some(0));
    assert!(log.any(|line| line.contains("\"stopped\"")));
    let key = fs::metadata(folder.path().join("data/encryption.key")).unwrap();
    assert_eq!(key.permissions().mode() & 0o777, 0o600);
    assert!(folder.path().join("data/passerelle.db").exists());
}
