//! A HubRise order and a configuration in, a PixelPoint order out, with where each part came from and what was lost on the
//! way. A function: no clock, no randomness, no I/O.
