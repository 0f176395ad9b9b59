//! Chance that can be repeated, and the words it makes.

/// The same numbers for the same seed (SplitMix64).
#[derive(Clone, Debug)]
pub struct Dice(u64);

const STARTS: &[&str] =
    &["Ma", "Lu", "Ber", "Cha", "Do", "Fré", "Gi", "Hu", "Jo", "Ka", "Nou", "Pe", "Ri", "Sa", "Thé", "Vi"];
const MIDDLES: &[&str] = &["ri", "lo", "na", "ce", "du", "fa", "go", "mi", "ra", "se", "ti", "vo", "be", "chi"];
const ENDS: &[&str] = &["ne", "rt", "lle", "s", "nd", "ta", "x", "gue", "on", "za", "ro", "que", "n", "y"];

impl Dice {
    /// Dice that fall as this seed says.
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5851_f42d_4c95_7f2d)
    }

    /// A number of 64 bits.
    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `most`, which is not 0.
    pub fn below(&mut self, most: u64) -> u64 {
        self.number() % most.max(1)
    }

    /// Whether something happens that does so as often in a hundred.
    pub fn percent(&mut self, often: u64) -> bool {
        self.below(100) < often
    }

    /// One of these.
    pub fn pick<'a, T: ?Sized>(&mut self, of: &[&'a T]) -> &'a T {
        of[usize::try_from(self.below(of.len() as u64)).unwrap_or_default()]
    }

    /// A word nobody has heard.
    pub fn word(&mut self) -> String {
        let middle = if self.percent(60) { self.pick(MIDDLES) } else { "" };
        format!("{}{middle}{}", self.pick(STARTS), self.pick(ENDS))
    }

    /// As many letters and digits in lower case, as HubRise makes its ids of.
    pub fn id(&mut self, length: usize) -> String {
        let letters = b"0123456789abcdefghjkmnpqrstvwxyz";
        (0..length).map(|_| char::from(letters[usize::try_from(self.below(32)).unwrap_or_default()])).collect()
    }

    /// Twenty-two characters, as the server makes its ids.
    pub fn token(&mut self) -> String {
        let letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        (0..22).map(|_| char::from(letters[usize::try_from(self.below(64)).unwrap_or_default()])).collect()
    }

    /// As many hexadecimal digits.
    pub fn hex(&mut self, length: usize) -> String {
        (0..length)
            .map(|_| char::from(b"0123456789abcdef"[usize::try_from(self.below(16)).unwrap_or_default()]))
            .collect()
    }
}
