//! The tables of `docs/reliability.md`: each stands between two marks and is replaced as a whole by whoever made it.

use std::fs;

use anyhow::{Context, ensure};

use crate::{process, project};

/// The document.
const DOCUMENT: &str = "docs/reliability.md";

/// Puts a text between the marks of a section.
pub(crate) fn write(section: &str, text: &str) -> anyhow::Result<()> {
    let path = project::root().join(DOCUMENT);
    let document = fs::read_to_string(&path).with_context(|| format!("cannot read {DOCUMENT}"))?;
    let document = replaced(&document, section, text)?;
    fs::write(&path, document).with_context(|| format!("cannot write {DOCUMENT}"))?;
    println!("Written into {DOCUMENT}");
    Ok(())
}

/// A line that says what made a table, and on what.
pub(crate) fn made_on(options: &str) -> String {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let commit = process::captured(process::command("git").args(["rev-parse", "--short", "HEAD"]));
    let commit = commit.map_or_else(|_| "an unknown commit".to_owned(), |commit| format!("`{}`", commit.trim()));
    format!("Made at {commit} with `{options}`, on {cores} cores that everything shared.")
}

fn replaced(document: &str, section: &str, text: &str) -> anyhow::Result<String> {
    let (begin, end) = (format!("<!-- {section} -->\n"), format!("<!-- end of {section} -->"));
    let from = document.find(&begin).map(|at| at + begin.len());
    let to = document.find(&end);
    let (Some(from), Some(to)) = (from, to) else {
        anyhow::bail!("{DOCUMENT} has no place for `{section}`: the lines `{}` and `{end}`", begin.trim());
    };
    ensure!(from <= to, "{DOCUMENT} has the marks of `{section}` in the wrong order");
    Ok(format!("{}\n{text}\n\n{}", &document[..from], &document[to..]))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    #[test]
    fn a_section_is_replaced_and_nothing_else() {
        let document = "# A\n<!-- x -->\nold\n<!-- end of x -->\nrest\n";
        let once = replaced(document, "x", "new").unwrap();
        assert_eq!(once, "# A\n<!-- x -->\n\nnew\n\n<!-- end of x -->\nrest\n");
        assert_eq!(replaced(&once, "x", "new").unwrap(), once);
        assert!(replaced(document, "y", "new").unwrap_err().to_string().contains("<!-- y -->"));
    }

    #[test]
    fn the_document_has_a_place_for_every_table() {
        let document = fs::read_to_string(project::root().join(DOCUMENT)).unwrap();
        for section in ["faults", "callbacks", "delivery", "logs"] {
            replaced(&document, section, "").unwrap();
        }
    }
}
