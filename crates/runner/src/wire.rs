//! What the broker and a slot say to each other: one JSON value a line.
