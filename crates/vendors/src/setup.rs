//! A vendor's text on how to set its product up: a small part of Markdown, read into blocks.
//!
//! Owns what is understood: `# heading`, paragraphs, `1. step`, `> note` and `**label**`. Everything else, HTML
//! included, is the text it is written in: the app shows text, never markup.

/// A text in both languages, block by block. Empty in both, or in none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Setup {
    /// English.
    pub en: Vec<Block>,
    /// French.
    pub fr: Vec<Block>,
}

/// One block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its text; never empty.
    pub runs: Vec<Run>,
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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

/// A piece of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// The text; never empty.
    pub text: String,
    /// Whether it is a label, as seen on a screen.
    pub bold: bool,
}

/// The largest text, in bytes.
pub(crate) const LARGEST: usize = 16 * 1024;

/// Reads a text. There is nothing it cannot read.
pub(crate) fn blocks(text: &str) -> Vec<Block> {
    let mut blocks: Vec<(BlockKind, String)> = Vec::new();
    // Whether the next line may go on with the block before it.
    let mut open = false;
    for line in text.lines().map(str::trim) {
        let (kind, words) = kind(line);
        match (kind, blocks.last_mut()) {
            (None, _) => {}
            // A paragraph's line goes on with whatever stands before it; notes go on with notes.
            (Some(BlockKind::Paragraph), Some((BlockKind::Paragraph | BlockKind::Step | BlockKind::Note, before)))
            | (Some(BlockKind::Note), Some((BlockKind::Note, before)))
                if open =>
            {
                before.push(' ');
                before.push_str(words);
            }
            (Some(kind), _) => blocks.push((kind, words.to_owned())),
        }
        open = kind.is_some();
    }
    blocks.into_iter().map(|(kind, words)| Block { kind, runs: runs(&words) }).collect()
}

/// What a line begins, and its words; nothing for an empty one.
fn kind(line: &str) -> (Option<BlockKind>, &str) {
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let step = (1..=3).contains(&digits).then(|| line[digits..].strip_prefix(". ")).flatten();
    let marked = [
        (BlockKind::Heading, line.strip_prefix("# ")),
        (BlockKind::Note, line.strip_prefix("> ")),
        (BlockKind::Step, step),
    ];
    for (kind, words) in marked {
        if let Some(words) = words.map(str::trim).filter(|words| !words.is_empty()) {
            return (Some(kind), words);
        }
    }
    ((!line.is_empty()).then_some(BlockKind::Paragraph), line)
}

/// Splits at `**`; one without its other half is two asterisks.
fn runs(words: &str) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut push = |text: &str, bold: bool| match runs.last_mut() {
        _ if text.is_empty() => {}
        Some(last) if last.bold == bold => last.text.push_str(text),
        _ => runs.push(Run { text: text.to_owned(), bold }),
    };
    let mut rest = words;
    while let Some((before, after)) = rest.split_once("**") {
        push(before, false);
        match after.split_once("**") {
            Some((bold, after)) if !bold.trim().is_empty() => {
                push(bold, true);
                rest = after;
            }
            _ => {
                push("**", false);
                rest = after;
            }
        }
    }
    push(rest, false);
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The blocks, a line each, labels in brackets.
    fn shown(text: &str) -> String {
        let run = |run: &Run| if run.bold { format!("[{}]", run.text) } else { run.text.clone() };
        let block = |block: &Block| format!("{:?}: {}\n", block.kind, block.runs.iter().map(run).collect::<String>());
        blocks(text).iter().map(block).collect()
    }

    #[test]
    fn reads_headings_steps_notes_and_labels() {
        let text = "# Connect\nOpen the **back office**,\nthen wait.\n\n1. Press **Sales** > **HUBRISE**.\n   It opens.\n\
                    2. Done.\n\n> Mind\n> the gap.\n\nBye.\n";
        insta::assert_snapshot!(shown(text), @"
        Heading: Connect
        Paragraph: Open the [back office], then wait.
        Step: Press [Sales] > [HUBRISE]. It opens.
        Step: Done.
        Note: Mind the gap.
        Paragraph: Bye.
        ");
    }

    #[test]
    fn everything_else_is_text() {
        let text = "<img src=x onerror=alert(1)>\n\n[a](javascript:alert(1))\n\n## Two\n\n- item\n\n#one\n\n1.no\n\n\
                    2026. Year\n\n**\n\na ** b\n\n**** c **d\n\n**e****f**";
        insta::assert_snapshot!(shown(text), @"
        Paragraph: <img src=x onerror=alert(1)>
        Paragraph: [a](javascript:alert(1))
        Paragraph: ## Two
        Paragraph: - item
        Paragraph: #one
        Paragraph: 1.no
        Paragraph: 2026. Year
        Paragraph: **
        Paragraph: a ** b
        Paragraph: **[ c ]d
        Paragraph: [ef]
        ");
        assert_eq!(blocks(" \n\n\t\n"), []);
        assert!(blocks(&"*".repeat(LARGEST)).iter().all(|block| !block.runs.is_empty()));
    }
}
