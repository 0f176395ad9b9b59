//! Secrets nobody can guess, and how they are shown once they exist. Ids come from `state::ids`, not from here.

/// A lower-case hexadecimal secret of `bytes` random bytes.
///
/// # Panics
/// When the operating system has no randomness to give: nothing sensible can be served then.
pub(crate) fn secret(bytes: usize) -> String {
    let mut buffer = vec![0_u8; bytes];
    if let Err(error) = getrandom::fill(&mut buffer) {
        panic!("the operating system gave no random bytes: {error}");
    }
    buffer.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A number nobody can guess.
///
/// # Panics
/// As [`secret`].
pub(crate) fn number() -> u64 {
    match getrandom::u64() {
        Ok(number) => number,
        Err(error) => panic!("the operating system gave no random bytes: {error}"),
    }
}

/// What may be shown of a secret: its first four characters, and none of a short one.
pub(crate) fn masked(secret: &str) -> String {
    if secret.chars().count() <= 12 {
        return "****".to_owned();
    }
    let head: String = secret.chars().take(4).collect();
    format!("{head}****")
}

/// Compares two secrets without stopping at the first difference.
pub(crate) fn same_secret(left: &str, right: &str) -> bool {
    left.len() == right.len() && left.bytes().zip(right.bytes()).fold(0, |seen, (a, b)| seen | (a ^ b)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_differ_and_are_never_shown_whole() {
        let (one, two) = (secret(13), secret(13));
        assert_eq!(one.len(), 26);
        assert_ne!(one, two);
        assert_eq!(masked(&one), format!("{}****", &one[..4]));
        assert_eq!(masked("short"), "****");
        assert!(same_secret(&one, &one.clone()));
        assert!(!same_secret(&one, &two));
    }
}
