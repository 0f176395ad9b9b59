//! Tables as files a spreadsheet opens (RFC 4180, with a byte order mark so that accents survive). Texts come from outside:
//! none may become a formula.

/// Writes rows; every cell is quoted.
pub fn write<const N: usize>(rows: &[[String; N]]) -> String {
    let mut out = String::from("\u{feff}");
    for row in rows {
        for (at, cell) in row.iter().enumerate() {
            if at > 0 {
                out.push(',');
            }
            out.push('"');
            if is_formula(cell) {
                out.push('\'');
            }
            out.push_str(&cell.replace('"', "\"\""));
            out.push('"');
        }
        out.push_str("\r\n");
    }
    out
}

/// Whether a spreadsheet would compute the cell: by its first character that is no space, in its wide form too.
fn is_formula(cell: &str) -> bool {
    // Some spreadsheets skip what is blank before they look, and take a tab or a line's end for the beginning of a cell.
    let first = cell.chars().next();
    let meant = cell.trim_start().chars().next();
    let starts = |found: Option<char>| {
        found.is_some_and(|c| matches!(c, '=' | '+' | '-' | '@' | '|' | '%' | '＝' | '＋' | '－' | '＠'))
    };
    starts(meant) || matches!(first, Some('\t' | '\r' | '\n'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(cell: &str, expected: &str) {
        assert_eq!(write(&[[cell.to_owned()]]), format!("\u{feff}{expected}\r\n"));
    }

    #[test]
    fn quotes_what_would_break_a_row() {
        check("plain", "\"plain\"");
        check("a,b", "\"a,b\"");
        check("a \"b\"", "\"a \"\"b\"\"\"");
        check("a\nb", "\"a\nb\"");
    }

    #[test]
    fn no_text_becomes_a_formula() {
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1", "|cmd", "\n"] {
            let written = write(&[[formula.to_owned()]]);
            assert!(written.starts_with("\u{feff}\"'"), "{formula:?}");
        }
        check("1-2", "\"1-2\"");
        check("", "\"\"");
    }
}
