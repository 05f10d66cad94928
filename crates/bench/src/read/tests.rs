use super::*;
use crate::growth::Growth;

/// What is made of a guide, a line for each thing that it says of time.
fn read(code: &str) -> Vec<String> {
    let text = format!("```python\n{code}```\n");
    let guide = snipcheck_extract::guide("guide.md", "guide", text.as_bytes(), None);
    guide
        .snippets
        .iter()
        .flat_map(hypotheses)
        .map(|one| show(&one))
        .collect()
}

fn show(hypothesis: &Hypothesis) -> String {
    let lines = |span: Span| format!("{}-{}", span.lines().first, span.lines().last);
    let told = match &hypothesis.reading {
        Reading::NotShown(flaw) => format!("{flaw:?}"),
        Reading::Contest { contest, places } => {
            let (span, base) = places.expect("it is in the snippet");
            let agree = if contest.must_agree {
                ", if they agree"
            } else {
                ""
            };
            let (span, base) = (lines(span), lines(base));
            format!(
                "{:?} of {span} against {base}, in turns{agree}",
                contest.claim
            )
        }
        Reading::Weighing(weighing) => {
            let (bytes, line) = (weighing.bytes, weighing.statement.first);
            format!("{bytes} bytes of {line}, {:?}", weighing.thing)
        }
        Reading::Growth(growth) => {
            let Growth { power, code, size } = growth;
            format!("{} with the power {power} of {size}", code.trim())
        }
        Reading::Sum(sum) => format!("{} is said to be {}", sum.made, sum.said),
        Reading::Question(question) => {
            let base = question.base.as_ref().map_or(String::new(), |base| {
                let work = base.work.map_or("?".to_owned(), |work| work.to_string());
                format!(" against {} work {work}", lines(base.span))
            });
            let workers = match question.workers {
                0 => String::new(),
                workers => format!(" workers {workers}"),
            };
            format!(
                "{:?} of {}{base}{workers}",
                question.claim,
                lines(question.span)
            )
        }
    };
    format!("{}: {told}", hypothesis.line)
}

#[test]
fn prints_of_a_clock_speak_of_what_was_timed() {
    let code = "\
import time, threading

def spin(n):
    while n:
        n -= 1

start = time.time()
spin(500_000)
print(f'alone: {time.time() - start:.2f}s')  # ~2s

def shared():
    pool = [threading.Thread(target=spin, args=(500_000,)) for _ in range(3)]
    for one in pool:
        one.start()
    for one in pool:
        one.join()

start = time.time()
shared()
took = time.time() - start
print('shared', took)  # ~2s (no speedup)
";
    assert_eq!(
        read(code),
        [
            "10: Seconds { said: 2.0, base: None } of 9-9",
            "22: Seconds { said: 2.0, base: Some(2.0) } of 20-20 against 9-9 work 3 workers 3",
            "22: NoSpeedUp of 20-20 against 9-9 work 3 workers 3",
        ]
    );
}

#[test]
fn a_comment_above_speaks_of_the_statements_below_it() {
    let code = "\
import asyncio

async def nap(seconds):
    await asyncio.sleep(seconds)

async def main():
    # One by one (takes 3 seconds)
    await nap(1)
    await nap(2)

    # Together: 2 seconds
    await asyncio.gather(nap(1), nap(2))

asyncio.run(main())
";
    assert_eq!(
        read(code),
        [
            "8: Seconds { said: 3.0, base: None } of 9-10",
            "12: Seconds { said: 2.0, base: Some(3.0) } of 13-13 against 9-10 work 1",
        ]
    );
}

#[test]
fn what_is_compared_is_told_by_its_label() {
    let code = "\
# A generator is 10-20% faster than a list
import timeit

# List
timeit.timeit('sum([n for n in range(99)])', number=1000)

# Generator
timeit.timeit('sum(n for n in range(99))', number=1000)
";
    assert_eq!(read(code), ["2: Saves(0.1, 0.2) of 9-9 against 6-6 work 1"]);
}

#[test]
fn parts_one_below_the_other_are_compared() {
    let code = "\
names = ['b', 'a']

# Slow
found = [name for name in names if name == 'a']

# With a set (5x faster)
found = set(names)
";
    assert_eq!(
        read(code),
        ["7: SpeedUp(5.0) of 8-8 against 5-5, in turns, if they agree"]
    );
}

#[test]
fn what_shows_nothing_is_told() {
    for (code, expected) in [
        (
            "import threading\n\ndef work():\n    pass\n\nwork()  # ~1s\n\n# Two threads: ~1s (slower!)\nt = threading.Thread(target=work)\n",
            "9: NeverStarted(\"Thread\")",
        ),
        (
            "import time\n\ndef example():\n    start = time.time()\n    sum(range(9))\n    print(time.time() - start)  # ~4s\n",
            "7: NeverCalled(\"example\")",
        ),
        ("x = 1\n# Also: 5-10% faster access\n", "3: NothingTimed"),
        (
            "import time\n\n# With one worker: 8 seconds\n# With four: 2 seconds\ntime.sleep(2)\n",
            "5: Unclear",
        ),
        (
            "import time\nmade = dict(\n    a=time.sleep(1),  # 2s for all\n    b=2,\n)\n",
            "4: Unclear",
        ),
    ] {
        let told = read(code);
        assert_eq!(told.last().map(String::as_str), Some(expected), "{code}");
    }
}

#[test]
fn words_for_a_magnitude_stand_alone() {
    let code = "x = 2 ** 9  # Instant!\n";
    assert_eq!(read(code), ["2: Instant of 2-2"]);
}

#[test]
fn threads_may_be_built_before_the_clock_starts() {
    let code = "\
import time, threading

def spin(n):
    pass

start = time.time()
spin(9)
print(time.time() - start)  # 1s

pair = [threading.Thread(target=spin, args=(9,)) for _ in range(2)]
start = time.time()
for one in pair:
    one.start()
for one in pair:
    one.join()
print(time.time() - start)  # no speedup
";
    assert_eq!(
        read(code),
        [
            "9: Seconds { said: 1.0, base: None } of 8-8",
            "17: NoSpeedUp of 13-16 against 8-8 work 2 workers 2",
        ]
    );
}

#[test]
fn memory_is_said_of_one_statement() {
    let code = "\
import sys
row = [0] * 1000  # ~8 KB

# A view of it: ~200 bytes
view = memoryview(bytes(1000))
print(sys.getsizeof(row))  # ~8056 bytes
total = sum([n for n in row])  # ~9 kB

# All in all: ~9 KB
";
    assert_eq!(
        read(code),
        [
            "3: 8000 bytes of 3, Made",
            "5: 200 bytes of 6, Made",
            "7: 8056 bytes of 7, Written",
            "8: 9000 bytes of 8, Passed(\"[n for n in row]\")",
            "10: Unclear",
        ]
    );
}

#[test]
fn a_comment_that_states_no_output_may_compare_what_it_stands_between() {
    let code = "\
rows = [{'a': 2}, {'a': 1}]

# By hand
rows.sort(key=lambda row: row['a'])

# itemgetter (faster)
from operator import itemgetter
rows.sort(key=itemgetter('a'))

# Also faster, they say
print(rows)
";
    assert_eq!(read(code), ["7: Faster of 8-9 against 5-5, in turns"]);
}

#[test]
fn a_snippet_may_say_itself_what_its_times_show() {
    let code = "\
import time, threading

def spin(n):
    pass

start = time.time()
spin(9)
print(f'alone {time.time() - start:.2f}')

pair = [threading.Thread(target=spin, args=(9,)) for _ in range(2)]
start = time.time()
for one in pair:
    one.start()
print(f'threads {time.time() - start:.2f}')
print('Conclusion: no speedup at all')
";
    assert_eq!(
        read(code),
        ["16: NoSpeedUp of 13-14 against 8-8 work 2 workers 2"]
    );
}

#[test]
fn memory_is_said_of_each_of_many() {
    let code = "\
class WithPlain:
    pass

class WithSlots:
    __slots__ = ()

one = WithPlain()
two = WithSlots()
# with plain: ~96 bytes per instance
# with slots: ~16 bytes per instance
# At 2M instances: 192 MB vs 64 MB
# In all: 3 s x 2M = 1,667 hours
";
    assert_eq!(
        read(code),
        [
            "10: 96 bytes of 8, Each(\"WithPlain()\")",
            "11: 16 bytes of 9, Each(\"WithSlots()\")",
            "12: 192000000 is said to be 192000000",
            "12: 32000000 is said to be 64000000",
            "13: 6000000 is said to be 6001200",
        ]
    );
}

#[test]
fn a_person_may_say_how_a_claim_is_meant() {
    let text = "```python
def spin(n):
    pass

spin(9)
for _ in range(3):
    spin(9)  # ~3 s
```
";
    let guide = snipcheck_extract::guide("guide.md", "guide", text.as_bytes(), None);
    let snippet = &guide.snippets[0];
    let stated = |stated: Stated| -> Result<Vec<String>, String> {
        let mut read = hypotheses(snippet);
        stated.apply(snippet, &mut read)?;
        assert!(read.iter().all(|one| one.is_confirmed));
        Ok(read.iter().map(show).collect())
    };
    let words = |words: &str| Stated {
        words: words.to_owned(),
        ..Stated::default()
    };
    for (stating, expected) in [
        (words("~3 s"), "7: Seconds { said: 3.0, base: None } of 7-7"),
        (
            Stated {
                lines: Some((5, 6)),
                ..words("~3 s")
            },
            "7: Seconds { said: 3.0, base: None } of 6-7",
        ),
        (
            Stated {
                claim: Some(Claim::NoSpeedUp),
                lines: Some((5, 6)),
                base: Some((4, 4)),
                ..words("~3 s")
            },
            "7: NoSpeedUp of 6-7 against 5-5 work 3",
        ),
        (
            Stated {
                ignore: Some("an estimate".to_owned()),
                ..words("3")
            },
            "7: Ignored(\"an estimate\")",
        ),
    ] {
        assert_eq!(stated(stating), Ok(vec![expected.to_owned()]));
    }
    for (stating, part) in [
        (words("~4 s"), "has the words \"~4 s\""),
        (
            Stated {
                lines: Some((6, 7)),
                ..words("~3 s")
            },
            "begin on line 6 and end on line 7",
        ),
        (
            Stated {
                claim: Some(Claim::Faster),
                lines: Some((5, 6)),
                ..words("~3 s")
            },
            "needs `base`",
        ),
        (
            Stated {
                claim: Some(Claim::Faster),
                code: Some("spin(9)".to_owned()),
                ..words("~3 s")
            },
            "go together",
        ),
    ] {
        let why = stated(stating).unwrap_err();
        assert!(why.contains(part), "{why}");
    }
}

#[test]
fn growth_is_said_of_a_statement_and_its_data() {
    let code = "\
row = list(range(100_000))
fast = set(row)
-1 in row  # O(n)
-1 in fast  # O(1)
found = sorted(row)  # O(n log n)
row.append(1)  # O(1)
# O(n)
-2 in row
";
    assert_eq!(
        read(code),
        [
            "4: -1 in row with the power 1 of 100000",
            "5: -1 in fast with the power 0 of 100000",
            "6: found = sorted(row) with the power 1.1 of 100000",
        ]
    );
    // Nobody can tell which of the two is the size.
    assert!(read("a = [0] * 20_000\nb = [0] * 30_000\n1 in a  # O(n)\n").is_empty());
}
