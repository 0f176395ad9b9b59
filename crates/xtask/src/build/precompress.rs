//! Brotli and gzip siblings of every file worth it, made once here so that the server never compresses. Node does the work:
//! it is needed anyway for wasm-opt, and its zlib is ready, where a Rust one would double the time xtask takes to compile.

use std::path::Path;

use crate::process;

const SCRIPT: &str = include_str!("precompress.mjs");

/// Writes `.br` (quality 11, window 2^24) and `.gz` (level 9) beside every file over 1 kB.
pub(crate) fn run(folder: &Path) -> anyhow::Result<()> {
    let mut node = process::command("node");
    node.args(["--input-type=module", "--eval", SCRIPT]).arg(folder);
    process::quietly("Compressing it", &mut node)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use std::fs;

    use super::*;

    #[test]
    fn compresses_what_is_worth_it_and_nothing_else() {
        let dir = std::env::temp_dir().join(format!("passerelle-xtask-compress-{}", std::process::id()));
        fs::create_dir_all(dir.join("sub")).unwrap();
        fs::write(dir.join("sub/long.css"), ".a { color: red }\n".repeat(200)).unwrap();
        fs::write(dir.join("short.css"), ".a { color: red }\n").unwrap();

        run(&dir).unwrap();

        let size = |name: &str| fs::metadata(dir.join(name)).map(|file| file.len()).ok();
        let found = [size("sub/long.css.br"), size("sub/long.css.gz"), size("short.css.br"), size("short.css.gz")];
        fs::remove_dir_all(&dir).unwrap();
        assert!(found[0].is_some_and(|bytes| bytes < 100), "{found:?}");
        assert!(found[1].is_some_and(|bytes| bytes < 120), "{found:?}");
        assert_eq!(&found[2..], [None, None]);
    }
}
