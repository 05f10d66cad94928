//! Texts of comments, and what may be read in them.

use super::*;

/// The firm readings of a text.
fn firm(text: &str) -> Vec<&str> {
    let mut found: Vec<&str> = readings(text)
        .into_iter()
        .filter(|reading| reading.weight == Weight::Firm)
        .map(|reading| reading.text)
        .collect();
    found.dedup();
    found
}

#[test]
fn a_value_is_firm_and_prose_is_not() {
    for (text, expected) in [
        ("3", &["3"][..]),
        ("[1, 2] -- NOT [3]", &["[1, 2]"]),
        ("[4, 4]     -- changed", &["[4, 4]"]),
        ("True (same object)", &["True"]),
        ("False! (not equal)", &["False"]),
        ("50, not 0!", &["50"]),
        ("0, correct!", &["0"]),
        ("3 - after the last one", &["3"]),
        ("([],) initially", &["([],)"]),
        ("3 4", &["3 4"]),
        ("3.33...", &["3.33..."]),
        ("False: a copy", &["False"]),
        ("3 because it is odd", &["3"]),
        ("1, 2, 3, ...", &["1, 2, 3, ..."]),
        ("First match: 'a1'", &["'a1'"]),
        ("Start it -> 0", &["0"]),
        ("Point(x=1, y=2)", &["Point(x=1, y=2)"]),
        ("<class 'int'>", &["<class 'int'>"]),
        ("", &[]),
        ("3 arguments", &[]),
        ("'x' between", &[]),
        ("9.81 gravity on earth", &[]),
        ("(1)", &[]),
        ("1. First step", &[]),
        ("False in a REPL, may be True in a file", &[]),
        ("True if it is there", &[]),
        ("True or False", &[]),
        ("O(1)", &[]),
        ("O(n)", &[]),
        ("(first, second)", &[]),
        ("default: 3", &[]),
        ("Expected total: 0, Actual: 50", &[]),
        ("refcount = 2", &[]),
        ("~3.14", &[]),
        ("Works!", &[]),
        ("Line 5", &[]),
        ("100 USD - Lunch", &[]),
        ("2024-01-02", &[]),
        ("12:30", &[]),
        ("3x faster", &[]),
    ] {
        assert_eq!(firm(text), expected, "{text}");
    }
}

#[test]
fn loose_readings_reach_the_value() {
    for (text, value) in [
        ("Child (the lower one)", "Child"),
        ("(5 / 2) * 2 rounded = 4", "4"),
        ("0 = success", "0"),
        ("~3.14 or so", "3.14"),
        ("total is now 5", "5"),
        ("Suffix (.csv)", ".csv"),
        ("Hello, Ann! <- greeting", "Hello, Ann!"),
        ("B -- of course", "B"),
    ] {
        let found = readings(text).iter().any(|reading| reading.text == value);
        assert!(found, "{text}");
    }
}

#[test]
fn quoted_words_hedge_nothing() {
    assert!(!is_hedged("'if or when'"));
    assert!(is_hedged("'a' or 'b'"));
}
