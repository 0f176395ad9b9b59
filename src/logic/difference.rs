//! What a person changed in a request, line by line: what went, what came, and a little of what stayed around it.

/// The most comparisons: beyond, what lies between the first and the last change counts as changed.
const MOST: usize = 4_000_000;

/// Lines that stayed, shown on either side of a change.
const AROUND: usize = 2;

/// The most lines that are shown.
const SHOWN: usize = 400;

/// A line of the difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// It stayed.
    Same(String),
    /// It went.
    Gone(String),
    /// It came.
    New(String),
    /// So many lines that stayed, or are too many to be shown.
    Gap(usize),
}

/// The difference; nothing where there is none. What a line ends with makes none.
pub fn difference(before: &str, after: &str) -> Vec<Step> {
    let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    if old == new {
        return Vec::new();
    }
    let head = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
    let tail = old.iter().skip(head).rev().zip(new.iter().skip(head).rev()).take_while(|(old, new)| old == new).count();
    let middle = |lines: &[&str]| {
        lines
            .get(head..lines.len() - tail)
            .unwrap_or_default()
            .iter()
            .map(|line| (*line).to_owned())
            .collect::<Vec<_>>()
    };
    let same = |line: &&str| Step::Same((*line).to_owned());
    let mut steps: Vec<Step> = old.iter().take(head).map(same).collect();
    steps.extend(changed(&middle(&old), &middle(&new)));
    steps.extend(old.iter().skip(old.len() - tail).map(same));
    bounded(folded(steps))
}

/// The shortest way from one to the other, by what both hold in the same order.
fn changed(old: &[String], new: &[String]) -> Vec<Step> {
    let gone = |line: &String| Step::Gone(line.clone());
    let came = |line: &String| Step::New(line.clone());
    if old.len().saturating_mul(new.len()) > MOST {
        return old.iter().map(gone).chain(new.iter().map(came)).collect();
    }
    // `common[i][j]`: how many lines the rests from `i` and from `j` have in common.
    let width = new.len() + 1;
    let mut common = vec![0_u32; (old.len() + 1) * width];
    let at = |common: &[u32], i: usize, j: usize| common.get(i * width + j).copied().unwrap_or_default();
    for (i, line) in old.iter().enumerate().rev() {
        for (j, other) in new.iter().enumerate().rev() {
            let count = if line == other {
                at(&common, i + 1, j + 1) + 1
            } else {
                at(&common, i + 1, j).max(at(&common, i, j + 1))
            };
            if let Some(place) = common.get_mut(i * width + j) {
                *place = count;
            }
        }
    }
    let mut steps = Vec::new();
    let (mut i, mut j) = (0, 0);
    loop {
        match (old.get(i), new.get(j)) {
            (Some(line), Some(other)) if line == other => {
                steps.push(Step::Same(line.clone()));
                i += 1;
                j += 1;
            }
            (Some(line), other) if other.is_none() || at(&common, i + 1, j) >= at(&common, i, j + 1) => {
                steps.push(gone(line));
                i += 1;
            }
            (_, Some(line)) => {
                steps.push(came(line));
                j += 1;
            }
            (_, None) => return steps,
        }
    }
}

/// Leaves out what stayed far from any change.
fn folded(steps: Vec<Step>) -> Vec<Step> {
    let changes: Vec<usize> =
        steps.iter().enumerate().filter(|(_, step)| !matches!(step, Step::Same(_))).map(|(at, _)| at).collect();
    let near = |at: usize| {
        let next = changes.partition_point(|change| *change < at);
        let close = |change: Option<&usize>| change.is_some_and(|change| change.abs_diff(at) <= AROUND);
        close(changes.get(next)) || close(next.checked_sub(1).and_then(|before| changes.get(before)))
    };
    let mut kept = Vec::new();
    for (at, step) in steps.into_iter().enumerate() {
        match (near(at), kept.last_mut()) {
            (true, _) => kept.push(step),
            (false, Some(Step::Gap(count))) => *count += 1,
            (false, _) => kept.push(Step::Gap(1)),
        }
    }
    kept
}

fn bounded(mut steps: Vec<Step>) -> Vec<Step> {
    if let Some(more) = steps.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        steps.truncate(SHOWN);
        steps.push(Step::Gap(more));
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(before: &str, after: &str) -> Vec<String> {
        let written = difference(before, after).into_iter().map(|step| match step {
            Step::Same(line) => format!(" {line}"),
            Step::Gone(line) => format!("-{line}"),
            Step::New(line) => format!("+{line}"),
            Step::Gap(count) => format!("…{count}"),
        });
        written.collect()
    }

    #[test]
    fn what_changed_is_shown_with_a_little_around_it() {
        assert_eq!(
            shown("a\nb\nc\nd\ne\nf\ng", "a\nb\nc\nX\ne\nf\ng"),
            ["…1", " b", " c", "-d", "+X", " e", " f", "…1"]
        );
        assert_eq!(shown("a\nb\nc", "a\nc"), [" a", "-b", " c"]);
        assert_eq!(shown("a\nc", "a\nb\nc"), [" a", "+b", " c"]);
        assert_eq!(shown("", "a"), ["+a"]);
        assert_eq!(shown("a\nb", ""), ["-a", "-b"]);
        assert_eq!(shown("1\nx\n2\ny\n3", "1\nX\n2\nY\n3"), [" 1", "-x", "+X", " 2", "-y", "+Y", " 3"]);
    }

    #[test]
    fn the_same_is_no_difference() {
        assert!(difference("a\nb\n", "a\r\nb").is_empty());
        assert!(difference("", "").is_empty());
    }

    #[test]
    fn a_request_changed_all_over_is_compared_within_bounds() {
        let (old, new): (Vec<String>, Vec<String>) = (0..20_000).map(|at| (format!("a{at}"), format!("b{at}"))).unzip();
        let steps = difference(&old.join("\n"), &new.join("\n"));
        assert_eq!(steps.len(), SHOWN + 1);
        assert_eq!(steps.last(), Some(&Step::Gap(40_000 - SHOWN)));
    }
}
