//! Small flattened pages: `|` in the first column marks the lines of a snippet, `/` begins one.

use super::blocks;
use snipcheck_core::Form;

/// The page without its marks, and the first and last line of each marked snippet.
fn marked(page: &str) -> (Vec<&str>, Vec<(usize, usize)>) {
    let mut expected: Vec<(usize, usize)> = Vec::new();
    let mut inside = false;
    let mut lines = Vec::new();
    for (index, line) in page.lines().enumerate() {
        let number = index + 1;
        let (mark, text) = line.split_at(line.len().min(1));
        match mark {
            "|" if inside => {
                if let Some(last) = expected.last_mut() {
                    last.1 = number;
                }
            }
            "/" | "|" => expected.push((number, number)),
            _ => {}
        }
        inside = matches!(mark, "/" | "|");
        lines.push(text);
    }
    (lines, expected)
}

fn check(page: &str) {
    let (lines, expected) = marked(page);
    let found: Vec<(usize, usize)> = blocks(&lines)
        .blocks
        .iter()
        .map(|block| (block.first + 1, block.last + 1))
        .collect();
    assert_eq!(found, expected, "in the page\n{page}");
}

#[test]
fn code_between_prose_without_empty_lines() {
    check(
        "\
 Counting words
 A counter is a dictionary that knows how to count.
|from collections import Counter
|
|words = Counter('abracadabra')
|print(words.most_common(1))  # [('a', 5)]
 The letters that do not occur count as zero:
|print(words['z'])
|# 0
 Counters can also be added to each other, which adds their counts.
   • Order is kept since 3.7.
   • Zero counts stay.",
    );
}

#[test]
fn trailing_comments_and_unfinished_bodies_belong_to_the_code() {
    check(
        "\
 A class without a body needs something in it:
|class Empty:
|    # nothing yet
|
|def later():
|    ...
|# Output:
|# nothing at all
 That is all there is to say about it.",
    );
}

#[test]
fn strings_hold_anything() {
    check(
        "\
 A template may look like a page of its own:
|page = \"\"\"
|Dear reader,
|
|
|pip install nothing
|>>> 1 + 1
|[section]
|\"\"\"
|print(page)
 The string is one line of code to the parser, however many it takes on the page.",
    );
}

#[test]
fn other_languages_are_no_snippets() {
    check(
        "\
 Install it first:
 # with pip
 pip install something
 pytest -v  # verbose
 deactivate
 Then set it up in the project file:
 [tool.thing]
 name = \"demo\"
 level = 3
 Fetch it from a page:
 const answer = fetch('/x', {
     method: 'POST',
     body: text
 });
 Use it:
|import something
|something.start()
 # Run it
 python demo.py
 # Output:
 # started",
    );
}

#[test]
fn scripts_that_parse_are_of_their_own_language() {
    check(
        "\
 The same in the browser:
 function add(a, b) {
   return a + b
 }
 console.log(add(1, 2))
 document.title = add(1, 2)
 And here in the language of this page, which has no braces:
|def add(a, b):
|    return a + b",
    );
}

#[test]
fn titles_and_tables_that_parse_are_prose() {
    check(
        "\
 Methods
 append()
 Adds an item to the end of a list, which is changed in place by it.
|items = []
|items.append('x')
 clear()
 Takes all items away again, so that the list is as long as it was.
|items.clear()
 Searching and Sorting
 Name Purpose
 find
 return value
 Type: any
 count()
 itertools, functools",
    );
}

#[test]
fn signatures_are_code() {
    check(
        "\
 take()
|shelf.take(items, count[, default])
 This takes as many items as you want, but never more than there are.
 Example:
|>>> shelf.take('abc', 2)
|['a', 'b']",
    );
}

#[test]
fn sessions_and_what_they_answer() {
    check(
        "\
 Numbers
 Python can be used as a calculator, and it shows the result at once:
|>>> 2 ** 5
|32
|>>> print('two words')
|two words
|>>> for n in (1, 2):
|...     print(n)
|...
|1
|2
|>>> 1 / 0
|Traceback (most recent call last):
|  File \"<stdin>\", line 1, in <module>
|ZeroDivisionError: division by zero
 Comparing Numbers
 Numbers of different types can be compared with each other as you expect.
|>>> a = 3
 Names
 The name on the left is bound to the value on the right of it.
|# a comment may come first
|>>> a
|# 3
 Next Topic
|>>> b := 3
|  File \"<stdin>\", line 1
|    b := 3
|      ^^
|SyntaxError: invalid syntax",
    );
}

#[test]
fn sessions_of_a_notebook_shell() {
    check(
        "\
 The shell numbers what you type and what it answers:
|In [1]: x = 5
|
|In [2]: for n in range(x):
|   ...:     print(n * 'a')
|   ...:
|a
|
|In [3]: x + 1
|Out[3]: 6
 Both numbers go up by one each time that you press the key.",
    );
}

#[test]
fn a_group_of_exceptions_stands_behind_bars() {
    check(
        "\
 Several can be raised at once:
|>>> f()
|  + Exception Group Traceback (most recent call last):
|  |   File \"<stdin>\", line 1, in <module>
|  | ExceptionGroup: two (2 sub-exceptions)
|  +-+---------------- 1 ----------------
|    | ValueError: one
|    +------------------------------------
|>>> g()
|1
 Each of them has a traceback of its own, if there is one to be shown.",
    );
}

#[test]
fn drawings_are_no_code() {
    check(
        "\
 How it is stored:
 ┌──────────────┐
 │ x = [1, 2]   │
 │ def f(): x   │
 └──────────────┘
 │
 The list knows its length, the names know only the list that they are bound to.
|x = [1, 2]",
    );
}

#[test]
fn prose_that_begins_like_code() {
    check(
        "\
 yield from — hands over to another generator until that one is done:
|def both(a, b):
|    yield from a
|    yield from b
 @cached for functions that are slow and always give the same result:
|@cached
|def slow(n):
|    return n
 import it only where you need it, for it takes long to load.
 with care: use it only when nothing else helps.",
    );
}

#[test]
fn deliberate_errors_stay_in_their_block() {
    check(
        "\
 Some things are not allowed by the grammar:
|def f(self)
|    return self
|
|y := 5  # SyntaxError
|(y := 5)  # fine
 The brackets make an expression of it, and an expression may stand anywhere.",
    );
}

#[test]
fn a_lead_between_indented_blocks_parts_them() {
    check(
        "\
 We can make a list of squares like this::
 
|    squares = []
|    for n in range(3):
|        squares.append(n * n)
 
 or shorter::
 
|    squares = [n * n for n in range(3)]
 
 which is easier to read.",
    );
}

#[test]
fn values_that_a_notebook_shows_are_no_code() {
    check(
        "\
 The model gives a list of scores for each of the texts:
|scores = model('text')
|print(scores)
 
 [('good', 0.9), ('bad', 0.1)]
 
 The scores add up to one in every case that we have seen so far.",
    );
}

#[test]
fn an_announced_output_is_no_code() {
    check(
        "\
 Sorting by length:
|words = ['three', 'one']
|print(sorted(words, key=len))
|print(words)
 Output:
 ['one', 'three']
 ['three', 'one']
 Explanation: the list itself is not changed by this.
 Output
 
|>>> words
|['three', 'one']",
    );
}

#[test]
fn a_broken_fence_leaves_what_is_still_code() {
    check(
        "\
 ```python import json from pathlib import Path def read(path): with open(path) as f:
|def write(path, data):
|    with open(path, 'w') as f:
|        json.dump(data, f)
 ```
 That is how to write it.",
    );
}

#[test]
fn a_fence_that_was_kept_says_what_is_code() {
    check(
        "\
 A page with one fence left:
 ```python
|x
 ```
 ```bash
 import os
 ```
 And code without one:
|import os
|os.getpid()",
    );
}

#[test]
fn a_fence_that_lost_its_end_does_not_swallow_the_page() {
    check(
        "\
 The end of this fence was lost on the way:
 ```python
|x = f(1)
|print(x)
 These are sentences that follow it on the page.
 They go on and on for a while, as sentences do.
 And there are some more of them before the next one.
|y = f(2)
|print(y)
 ```
 That was the end of another fence, which had lost its beginning.",
    );
}

#[test]
fn no_break_spaces_indent_like_others() {
    let lines = ["Like this:", "if x > 1:", "\u{a0}\u{a0} \u{a0}y()"];
    assert_eq!(blocks(&lines).blocks[0].code, "if x > 1:\n    y()\n");
}

#[test]
fn indents_are_taken_off_and_forms_told() {
    let lines = ["Like this::", "", "    if x > 1:", "\ty()", "        y()"];
    let found = blocks(&lines).blocks;
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].indent, 4);
    assert_eq!(found[0].code, "if x > 1:\n    y()\n    y()\n");
    let session = [">>> 1", "1"];
    assert_eq!(blocks(&session).blocks[0].form, Form::Session);
}

#[test]
fn an_escaped_line_is_a_damaged_snippet() {
    let lines = [
        "Copying:",
        r#"python\n import copy\n \n x = copy.copy([\"a\"])\n print(x)"#,
        "Done.",
    ];
    let found = blocks(&lines).blocks;
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].first, found[0].last), (1, 1));
    assert_eq!(
        found[0].code,
        "import copy\n\nx = copy.copy([\"a\"])\nprint(x)\n"
    );
    assert!(matches!(found[0].form, Form::Damaged { .. }));
}

#[test]
fn labels_tell_where_code_begins_and_of_which_language() {
    check(
        "\
 Where fences were, this page names their languages.
 python
 Copy
|# only a remark
|
|# and another one
 The next one is of a shell:
 bash
 Copy
 import os
 python
|total = 3
|total
 json
 {\"a\": [1, 2]}
 Python is also the name of a snake, and here it is no label.
 python
|say(word)",
    );
}

#[test]
fn a_page_is_spaced_as_it_was_before() {
    let section = "\
 Some pages keep an empty line around each block of code, always.
 They have none between the lines of a paragraph, of which this is the second one.
 
|import os
|print(os.sep)
|print(os.name)
 
 What follows stands apart from what it is about, as everything does here.
 
";
    let end = "\
|>>> describe(os.curdir)
|Dot
 
 A word right below a prompt is what the prompt was answered with.";
    check(&(section.repeat(12) + end));
}

#[test]
fn headings_with_hashes_are_no_remarks() {
    check(
        "\
 # A page that kept its marks
 
 ## First things first
 
|# set it up
|items = [1, 2]
|
|# and count
|print(len(items))
 
 ### Next thing
 
 **Good:**
 
|items.append(3)
 
 ## The last thing
 
 This is what all of it was about, and there is nothing more to say.",
    );
}

#[test]
fn typed_without_prompts_of_its_own() {
    check(
        "\
 Some sessions leave out the prompts of what goes on:
|>>> prices = {
|        'tea': 2,
|        'milk': 1
|    }
|>>> for name in prices:
|        print(name)
|
|tea
|milk
|>>> show(prices)
|{
|  ...
|  'rest': [
|  ]
|}
 All of that was one session, and these words are not part of it.",
    );
}

#[test]
fn placeholders_and_older_pythons_are_code() {
    check(
        "\
 Opening a file for reading:
|<file> = open(<path>, encoding='utf-8')
|<text> = <file>.read()   # All of it.
 In the second version of Python, no brackets were needed to write something:
|for name in names:
|    print name
|print 'done', len(names)
 In a notebook, the time that something takes is shown by a command of the notebook:
|%timeit sum(range(9))
 A string may go on in the next line, and a doc string may begin the code:
|\"\"\"
|Counts words.
|\"\"\"
|
|text = 'one \\
|two'
|print (len(text))",
    );
}

#[test]
fn tables_and_data_that_parse_are_no_code() {
    check(
        "\
 Costs of what you can do with a list, and what each of it gives you:
 Get
 O(1)
 Insert
 O(n)
 filter(function, iterable)
 Generator (function)
 Letters of the format and what each of them means to the machine:
 'b' - char (1/1)
 'h' - short (2/2)
 %d - Integers
 Suppose that this is what the program gets from you to read:
 3,5
 Then the output of it should be:
 ['a', 'b']
 b. isinstance()
 upper(): Gives capitals
 [project]
 name    = \"demo\"
 version = \"1.0\"",
    );
}
