//! The formatter: what it writes, that it comes to rest, and that a build sees no difference.

mod meaning;

use engine::fix;
use engine::format::{FormatOptions, Indent, KeywordCase, format};
use engine::syntax;
use meaning::meaning;
use proptest::prelude::*;

fn formatted(text: &str, options: &FormatOptions) -> String {
    fix::edit(text, &format(text, options))
}

/// Formats with the default options, twice, and compares.
fn check(text: &str, expected: &str) {
    let options = FormatOptions::default();
    let once = formatted(text, &options);
    assert_eq!(once, expected);
    assert_eq!(format(&once, &options), [], "a second time");
}

/// The same with packages sorted.
fn check_sorted(text: &str, expected: &str) {
    let options = FormatOptions { sort_packages: true, ..FormatOptions::default() };
    assert_eq!(formatted(text, &options), expected);
    assert_eq!(format(expected, &options), [], "a second time");
}

#[test]
fn keywords_are_in_capitals() {
    check(
        "from a as b\nonbuild run x\nhealthcheck --retries=3 cmd y\nHealthcheck none\n",
        "FROM a AS b\nONBUILD RUN x\nHEALTHCHECK --retries=3 CMD y\nHEALTHCHECK NONE\n",
    );
    let lower = FormatOptions { keywords: KeywordCase::Lower, ..FormatOptions::default() };
    assert_eq!(formatted("FROM a AS B\n", &lower), "from a as B\n");
    let keep = FormatOptions { keywords: KeywordCase::Keep, ..FormatOptions::default() };
    assert_eq!(formatted("From a aS B\n", &keep), "From a aS B\n");
}

#[test]
fn words_have_one_blank_between_them() {
    check(
        "  FROM   --platform=$X\ta   AS  b  \nCOPY  --from=b   --link /a   /b\t/c/ \nEXPOSE  1   2\n\
         ENV  A=1   B=\"x  y\"  C=a\\ \\ b\nARG  A=1  B\nVOLUME  /a   /b\nUSER   a\n",
        "FROM --platform=$X a AS b\nCOPY --from=b --link /a /b /c/\nEXPOSE 1 2\n\
         ENV A=1 B=\"x  y\" C=a\\ \\ b\nARG A=1 B\nVOLUME /a /b\nUSER a\n",
    );
}

#[test]
fn what_blanks_mean_something_in_stays() {
    let text = "FROM a\nRUN echo  \"a  b\"   'c  d'  e\nENV A b  c   d\nLABEL  x  y\nMAINTAINER a  b\n\
                WORKDIR /a  b\nCMD a  b\nFRM  x\nRUN a \"b \\\n  c\" \\\n    d\nRUN x\\\n    y\n";
    check(text, &text.replace("LABEL  x  y", "LABEL x  y").replace("x\\\n", "x \\\n"));
}

#[test]
fn a_word_on_two_lines_stays() {
    let text = "FROM a\nRUN ab\\\ncd\nENV A=b\\\nc D=e\nRUN a\\\\ \\\n b\n";
    check(text, text);
}

#[test]
fn arrays_are_spaced_alike() {
    check(
        "FROM a\nCMD [ \"a\",\"b\" ,  \"c d\" ]\nENTRYPOINT []\nCOPY [\"a\",\"b\"]\nSHELL [\"x\"  ]\n\
         VOLUME [ \"/a\",\"/b\" ]\nHEALTHCHECK  CMD  [\"a\",\"b\"]\nRUN [\"a\",\\\n\"b\" \\\n]\nCMD [ ]\n",
        "FROM a\nCMD [\"a\", \"b\", \"c d\"]\nENTRYPOINT []\nCOPY [\"a\", \"b\"]\nSHELL [\"x\"]\n\
         VOLUME [\"/a\", \"/b\"]\nHEALTHCHECK CMD [\"a\", \"b\"]\nRUN [\"a\", \\\n    \"b\" \\\n    ]\nCMD []\n",
    );
    let text = "FROM a\nCMD [a,b]\nCMD [\"a\", 1,2]\nCMD [\"a\",'b']\n";
    check(text, text);
}

#[test]
fn continued_lines_are_indented_and_levels_kept() {
    check(
        "FROM a\nRUN apt-get update  \\\n && apt-get install -y      \\\n       curl      \\\n       git    \\\n && true\n\
         ENV A=1 \\\n  B=2\\\n# c\n\tC=3\nCOPY a \\\n      b   \\   \n      c/\n",
        "FROM a\nRUN apt-get update \\\n    && apt-get install -y \\\n        curl \\\n        git \\\n    && true\n\
         ENV A=1 \\\n    B=2 \\\n    # c\n    C=3\nCOPY a \\\n    b \\\n    c/\n",
    );
    let two = FormatOptions { indent: Indent::Blanks(2), ..FormatOptions::default() };
    assert_eq!(formatted("RUN a \\\n    b \\\n        c\n", &two), "RUN a \\\n  b \\\n    c\n");
    let tab = FormatOptions { indent: Indent::Tab, ..FormatOptions::default() };
    assert_eq!(formatted("RUN a \\\n    b \\\n        c\n", &tab), "RUN a \\\n\tb \\\n\t\tc\n");
}

#[test]
fn operators_stand_where_most_of_them_do() {
    check(
        "RUN a && \\\n    b \\\n    && c \\\n    && c \\\n    && d || \\\n    # note\n    e\n",
        "RUN a \\\n    && b \\\n    && c \\\n    && c \\\n    && d \\\n    # note\n    || e\n",
    );
    check(
        "RUN a && \\\n    b && \\\n    c \\\n    && d\n",
        "RUN a && \\\n    b && \\\n    c && \\\n    d\n",
    );
    check("RUN a && \\\n    b \\\n    && c\n", "RUN a && \\\n    b && \\\n    c\n");
    let text = "RUN a \\\n    && \\\n    b \\\n    && echo '&& \\\n c'\n";
    check(text, text);
}

#[test]
fn blank_lines_are_few_and_stand_before_stages() {
    check(
        "\n\nFROM a AS b\n\n\n\nRUN x\n# about c\n# more\nFROM c\nRUN y \\\n\n \n\n    z\n\n\n",
        "FROM a AS b\n\nRUN x\n\n# about c\n# more\nFROM c\nRUN y \\\n\n    z\n",
    );
    check("FROM a", "FROM a\n");
    check("FROM a\r\n  run x  \r\nFROM b", "FROM a\r\nRUN x\r\n\r\nFROM b\r\n");
    check("", "");
    check(" \n\n", "");
    check("USER a\t\r\t", "USER a\n");
    check("\u{feff}  from a\n", "\u{feff}FROM a\n");
}

#[test]
fn directives_and_comments_stay_what_they_are() {
    check(
        "# syntax=a  \n# escape=`\nfrom b\nRUN c  `\n d\n",
        "# syntax=a\n# escape=`\nFROM b\nRUN c  `\n d\n",
    );
    check("\n\n# escape=`\nFROM a\nRUN b \\\n c\n", "\n# escape=`\nFROM a\nRUN b \\\n    c\n");
    check("  # a  \n\t#b\nFROM a\n", "# a\n#b\nFROM a\n");
}

#[test]
fn heredocs_keep_every_byte() {
    let body = "  a  \\\n\n\n  # b  \n\t&& c  \n";
    check(
        &format!("from a\nrun   <<EOF\n{body}EOF\ncopy  <<-X   <<Y  /b/\n{body}X\n{body}Y\n"),
        &format!("FROM a\nRUN <<EOF\n{body}EOF\nCOPY <<-X <<Y /b/\n{body}X\n{body}Y\n"),
    );
    check("FROM a\nRUN <<EOF\n  x  ", "FROM a\nRUN <<EOF\n  x  ");
}

#[test]
fn other_shells_keep_their_lines() {
    let text = "FROM a\nSHELL [\"pwsh\", \"-c\"]\nRUN a  \\\n  b\n";
    check(text, text);
    check(
        &format!("{text}\nFROM b\nRUN a  \\\n  b\n"),
        &format!("{text}\nFROM b\nRUN a \\\n    b\n"),
    );
}

#[test]
fn what_nobody_can_read_stays() {
    // A raw tab is all that keeps this from being an array.
    let almost = "FROM a\nVOLUME [\"\tdata\", \"\"]\n";
    check(almost, almost);
    // Of quotes that never close nobody knows what is inside.
    let open = "FROM a\nRUN echo 'b  \\\n  d || \\\nENV  A  b\n";
    check(open, open);
}

#[test]
fn packages_are_sorted_on_demand() {
    let text = "RUN apt-get install -y --no-install-recommends \\\n    # for b\n    git \\\n    curl=1 \\\n\n    z a \\\n    y \\\n    x && \\\n    apk add \\\n    d \\\n    # c\n    c\n";
    let sorted = "RUN apt-get install -y --no-install-recommends \\\n    curl=1 \\\n    # for b\n    git \\\n\n    z a \\\n    y \\\n    x && \\\n    apk add \\\n    # c\n    c \\\n    d\n";
    check_sorted(text, sorted);
    check(text, text);
}

#[test]
fn sorted_packages_are_indented_at_once() {
    let text = "RUN apt-get install -y \\\n  git \\\n# for a\n  a \\\n        curl\n";
    let sorted = "RUN apt-get install -y \\\n    # for a\n    a \\\n        curl \\\n    git\n";
    check_sorted(text, sorted);
}

#[test]
fn edits_are_small() {
    let text = "FROM a\nRUN a \\\n  b c d\n";
    let edits = format(text, &FormatOptions::default());
    assert_eq!(edits.len(), 1);
    assert_eq!((edits[0].span.len(), edits[0].text.as_str()), (0, "  "));
}

fn check_meaning(text: &str, options: &FormatOptions) -> Result<(), String> {
    let edits = format(text, options);
    let sorted = edits.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start);
    if !sorted {
        return Err(format!("edits overlap: {edits:?}"));
    }
    let once = fix::edit(text, &edits);
    let (before, after) = (meaning(text), meaning(&once));
    if before != after {
        let differs = before.iter().zip(&after).find(|(before, after)| before != after);
        return Err(format!(
            "means something else: {differs:?}\n--- before\n{text}\n--- after\n{once}"
        ));
    }
    let again = format(&once, options);
    if !again.is_empty() {
        return Err(format!("does not come to rest: {again:?}\n--- after\n{once}"));
    }
    Ok(())
}

#[test]
fn files_mean_the_same_afterwards() {
    let options = FormatOptions::default();
    let corpus = include_str!("../buildkit/corpus.jsonl").lines();
    let dockerfile = |line: &str| {
        let case: serde_json::Value = serde_json::from_str(line).expect("a case");
        case["dockerfile"].as_str().expect("a text").to_owned()
    };
    let mut texts: Vec<String> = corpus.map(dockerfile).collect();
    texts.extend(crate::rules::examples());
    texts.extend(crate::robust::examples().into_iter().map(|(_, text)| text));
    if let Some(more) = std::env::var_os("HADOLINT_CORPUS") {
        let more = std::fs::read_to_string(more).expect("a corpus");
        texts.extend(more.lines().map(dockerfile));
    }
    let problems: Vec<String> =
        texts.iter().filter_map(|text| check_meaning(text, &options).err()).collect();
    println!("{} texts formatted", texts.len());
    assert!(problems.is_empty(), "{} of {}: {}", problems.len(), texts.len(), problems[0]);
}

#[test]
fn time_is_linear_in_the_text() {
    let patterns = [
        "RUN a",
        "FROM a\nRUN a \\\n",
        "  b && \\\n",
        "ENV A=b \\\n C=d\n",
        "\n",
        "# c\n",
        "CMD [\"a\",\"b\"]\n",
    ];
    for pattern in patterns {
        let options = FormatOptions { sort_packages: true, ..FormatOptions::default() };
        let linear = crate::robust::is_linear(
            |bytes| pattern.repeat(bytes / pattern.len()),
            |text| drop(format(text, &options)),
        );
        assert!(linear, "{pattern:?} takes more than linear time");
    }
}

/// Lines that are hard to format.
fn line() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "FROM a AS b",
        "from  a  as  b",
        "RUN a && \\",
        "RUN a  'b  \\",
        "RUN echo \"$(a  \"b  \\",
        "  && b  \\",
        "c' && \\",
        "  d\" e)\" || \\",
        "\\",
        "   \\  ",
        "x\\\\",
        "y\\ \\",
        "  # comment  ",
        "# escape=`",
        "# syntax=a",
        "",
        "   ",
        "\t z `",
        "ENV A=\"b \\",
        "ENV  A  b",
        "ENV A=b  C=d\\",
        "CMD [ \"a\",\\",
        "\"b\"]",
        "COPY  a\\  b \\",
        "COPY <<EOF <<-'X'  /c",
        "EOF",
        "X",
        "HEALTHCHECK --interval=3s  cmd  x",
        "ONBUILD  copy  a  b",
        "RUN --mount=type=cache,target=/x   --network=none \\",
        "SHELL [\"cmd\",\"/S\"]",
        "RUN apt-get install -y \\",
        "  c \\",
        "    b \\",
        "  a",
        "\u{feff}",
        "USER a \r\t",
        "\r\t",
        "# \r b \r ",
        "LABEL a=b \\",
        "  -- \\",
        "é  \\",
    ])
    .prop_map(str::to_owned)
}

fn options() -> impl Strategy<Value = FormatOptions> {
    let keywords =
        prop::sample::select(vec![KeywordCase::Upper, KeywordCase::Lower, KeywordCase::Keep]);
    let indent = prop_oneof![Just(Indent::Tab), (0..6u8).prop_map(Indent::Blanks)];
    (keywords, indent).prop_map(|(keywords, indent)| FormatOptions {
        keywords,
        indent,
        sort_packages: false,
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, ..ProptestConfig::default() })]

    #[test]
    fn random_texts_mean_the_same_afterwards(text in crate::fix::text(), options in options()) {
        prop_assert_eq!(check_meaning(&text, &options), Ok(()));
    }

    #[test]
    fn hard_lines_mean_the_same_afterwards(
        lines in prop::collection::vec(line(), 0..9),
        options in options(),
        crlf: bool,
    ) {
        let text = lines.join(if crlf { "\r\n" } else { "\n" });
        prop_assert_eq!(check_meaning(&text, &options), Ok(()));
    }

    #[test]
    fn sorting_keeps_each_letter(text in crate::fix::text(), options in options()) {
        let options = FormatOptions { sort_packages: true, ..options };
        let once = formatted(&text, &options);
        let errors = |text: &str| syntax::parse(text).errors.len();
        prop_assert_eq!(errors(&once), errors(&text));
        let letters = |text: &str| {
            let lower = text.to_ascii_lowercase();
            let mut letters: Vec<char> = lower.chars().filter(|ch| !ch.is_whitespace()).collect();
            letters.sort_unstable();
            letters
        };
        prop_assert_eq!(letters(&once), letters(&text));
        prop_assert_eq!(format(&once, &options), []);
    }
}
