import datetime
import re

import pytest

from dashboard import cli, query
from dashboard.dataset import load
from dashboard.paths import folder
from dashboard.selection import Selection
from dashboard.stories import (
    HEADING_LENGTH,
    PLACEHOLDERS,
    Step,
    Story,
    fill,
    load_stories,
    story_problems,
    to_html,
)
from tests import package

pytestmark = pytest.mark.unit

PAGE = "https://example.org/2021-06-04-solhan/le-monde"
FRONT = "---\ntitle: Palma\nsummary: What happened.\norder: 1\n---\n"
STEP = "## The siege\n[show](?theatre=mozambique&event=2021-03-24-palma)\n\nText.\n"


@pytest.fixture
def problems(tmp_path, small):
    """Write one story and list its problems without the file's name."""

    def _problems(content, name="palma.md"):
        (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
        return [str(problem) for problem in story_problems(tmp_path, small)]

    return _problems


def faults(lines):
    return [line.split(", ", 1)[1] for line in lines]


@pytest.fixture
def said(problems):
    """Check one step's text, which begins at line 9, and list what is wrong with it."""

    def _said(text, query_string="?from=2021-03-01&to=2021-03-31"):
        return faults(problems(f"{FRONT}\n## A\n[show]({query_string})\n{text}\n"))

    return _said


def test_reads_front_matter_and_steps(tmp_path, small):
    text = f"{FRONT}\n{STEP}\n## What came after\n\n[show](?theatre=iraq)\n\nOne.\n\nTwo.\n\n"
    (tmp_path / "palma-1.md").write_text(text, encoding="utf-8")
    stories, found = load_stories(tmp_path, small.vocabulary, small.reports)
    assert found == []
    assert stories == [
        Story(
            "palma-1",
            "Palma",
            "What happened.",
            (
                Step("The siege", "?theatre=mozambique&event=2021-03-24-palma", "Text."),
                Step("What came after", "?theatre=iraq", "One.\n\nTwo."),
            ),
        )
    ]


def test_reads_a_file_of_windows_and_a_quoted_title(tmp_path, small):
    text = (FRONT + STEP).replace("title: Palma", 'title: "Palma: a siege"').replace("\n", "\r\n")
    (tmp_path / "palma.md").write_bytes(b"\xef\xbb\xbf" + text.encode())
    stories, found = load_stories(tmp_path, small.vocabulary, small.reports)
    assert found == []
    assert stories[0].title == "Palma: a siege"
    assert stories[0].steps[0].text == "Text."


def test_orders_stories_by_their_order_then_name(tmp_path, small):
    for name, order in (("c", 1), ("b", 10), ("a", 10), ("d", 2)):
        text = (FRONT + STEP).replace("order: 1", f"order: {order}")
        (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
    stories, _ = load_stories(tmp_path, small.vocabulary, small.reports)
    assert [story.story_id for story in stories] == ["c", "d", "a", "b"]


def test_a_folder_that_is_not_there_holds_no_story(tmp_path, small):
    assert load_stories(tmp_path / "stories", small.vocabulary, small.reports) == ([], [])


def test_keeps_the_sound_stories_beside_a_broken_one(tmp_path, small):
    (tmp_path / "a.md").write_text("nothing", encoding="utf-8")
    (tmp_path / "b.md").write_text(FRONT + STEP, encoding="utf-8")
    stories, found = load_stories(tmp_path, small.vocabulary, small.reports)
    assert [story.story_id for story in stories] == ["b"]
    assert {problem.file for problem in found} == {f"{tmp_path.name}/a.md"}


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            "# Palma\n",
            [
                "line 1: has no front matter. Begin with title, summary and order between two lines"
                " '---'.",
                "line 1: '# Palma' stands before the first step. Begin a step with '## '.",
                "line 2: has no step. Begin one with '## ' and its heading.",
            ],
        ),
        (
            "---\ntitle: Palma\n",
            [
                "line 1: opens its front matter and does not close it with '---'.",
                "line 3: has no step. Begin one with '## ' and its heading.",
            ],
        ),
        (
            f"---\ntitle:\nsumary: What?\norder: first\nnothing\n\norder: 2\n---\n{STEP}",
            [
                "line 1: has no title. Write 'title: …' in the front matter.",
                "line 1: has no summary. Write 'summary: …' in the front matter.",
                "line 3: no entry is called 'sumary'. Did you mean 'summary'?",
                "line 4: order 'first' is not a whole number.",
                "line 5: 'nothing' is not 'key: value'.",
                "line 7: names 'order' twice. Keep one.",
            ],
        ),
        (
            FRONT.replace("What", "87 {killed} What") + STEP,
            [
                "line 3: holds a brace. Placeholders stand in a step's text alone.",
                "line 3: 87 has no source. Link, in the same sentence, a report that says it, or"
                " write a placeholder.",
            ],
        ),
        (
            f"{FRONT}stray\n##\n\n[show](?)\nText.\n## {'a' * 61}\nText.\n## B\n[show](?)\n",
            [
                "line 6: 'stray' stands before the first step. Begin a step with '## '.",
                "line 7: step 1 has an empty heading.",
                "line 11: step 2 has a heading of 61 characters. Write at most 60.",
                "line 11: step 2 has no selection. Write [show](?…) under its heading.",
                "line 13: step 3 has no text. Write a paragraph under its selection.",
            ],
        ),
        (
            f"{FRONT}## A\n\n[show](?theatre=irak&colur=type&event=2021-03-24-plama&map=sahara)\n"
            "B\n",
            [
                "line 8: No theatre is called 'irak'. Did you mean 'iraq'?",
                "line 8: No filter is called 'colur'. Did you mean 'colour'?",
                "line 8: No event is called '2021-03-24-plama'. Did you mean '2021-03-24-palma'?",
                "line 8: No map is called 'sahara'.",
            ],
        ),
        (
            f"{FRONT}## A\n[show](?story=palma&step=2&embed=map&v=abc)\nB\n",
            [
                f"line 7: {key}= is set by the page. Leave it out of a story's query."
                for key in ("story", "step", "embed", "v")
            ],
        ),
        (b"---\ntitle: \xff\n---\n", ["line 1: is not UTF-8. Save the file as UTF-8."]),
    ],
)
def test_reports_every_problem_with_its_line(problems, content, expected):
    assert faults(problems(content)) == expected


def test_names_the_file_in_its_folder(problems, tmp_path):
    assert problems("", "a.md")[0].startswith(f"{tmp_path.name}/a.md, line 1: has no front matter.")


def test_a_name_must_fit_a_link(problems):
    assert faults(problems(FRONT + STEP, "Palma 2021.md")) == [
        "line 1: 'Palma 2021' is not a name that a link can hold. Use lower-case letters, digits"
        " and single hyphens."
    ]


def test_a_file_that_cannot_be_read_is_a_problem(tmp_path, small):
    (tmp_path / "a.md").mkdir()
    assert [str(problem) for problem in story_problems(tmp_path, small)] == [
        f"{tmp_path.name}/a.md, line 1: cannot be read: Is a directory."
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            "See [it](https://example.org/2021-06-04-solhan/le-mond).",
            "no report has the address 'https://example.org/2021-06-04-solhan/le-mond'. Link a page"
            f" of reports.csv, or add it there. Did you mean {PAGE!r}?",
        ),
        (
            "See [it](javascript:alert(1)).",
            "'javascript:alert(1)' is neither a web address (http, https) nor a query (?…).",
        ),
        ("See [it](?theatre=irak).", "No theatre is called 'irak'. Did you mean 'iraq'?"),
        (
            "A <b>bold</b> word.",
            "holds the markup '<b>'. A story is text; remove it.",
        ),
        (
            "<script>alert()</script>",
            "holds the markup '<script>alert()</script>'. A story is text; remove it.",
        ),
        ("See ![it](https://example.org/a.png).", "holds a picture. A story is text; remove it."),
        ("### Deeper", "holds a heading. Write paragraphs, lists and links only."),
        ("```\ncode\n```", "holds a code block. Write paragraphs, lists and links only."),
        ("Word\n\n***", "holds a dividing line. Write paragraphs, lists and links only."),
        (
            "In all {kiled} died.",
            "no placeholder is called 'kiled'. Did you mean 'killed'?",
        ),
        (
            "In all {killed died.",
            "holds a brace of no placeholder. Write one as {events}, on one line.",
        ),
    ],
)
def test_a_text_holds_nothing_but_words_links_and_placeholders(said, text, reason):
    found = said(text)
    assert found[0].split(": ", 1)[1] == reason
    assert {line.split(": ", 1)[1] for line in found} - {reason} <= {
        "holds the markup '</b>'. A story is text; remove it."
    }


def test_a_fault_of_a_text_has_its_line(said):
    assert [line.split(":")[0] for line in said("\nOne.\n\n{a}\n\n[b](c)")] == [
        "line 12",
        "line 14",
    ]


def test_a_text_may_hold_emphasis_lists_and_quotations(said):
    text = "*One* and **two**.\n\n- three\n- four\n\n1. five\n\n> six `seven`\n\n[x](?theatre=iraq)"
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "unsourced"),
    [
        (f"[Le Monde]({PAGE}) counted 138 dead.", []),
        (f"It counted 1,600 and 40,\n[they say]({PAGE}).", []),
        (f"[Le Monde]({PAGE}) counted 139 dead.", ["139"]),
        (f"[They]({PAGE}) counted. There were 138 dead.", ["138"]),
        (f"There were 138 dead. [They]({PAGE}) counted.", ["138"]),
        (f"“[They]({PAGE}) counted.” There were 138.", ["138"]),
        ("There were 138, [see](?theatre=iraq).", ["138"]),
        ("On 4 June 2021, in June 2021, on 4–5 June and from 2019 on.", []),
        ("In all {killed} of 2,021 or 2021.5 or 4 Junes.", ["2021", "2021.5", "4"]),
    ],
)
def test_a_number_needs_a_report_that_says_it(tmp_path, text, unsourced):
    figures = {"killed_min": "138", "killed_max": "160", "scope": "all", "note": "1,600 hurt; 40"}
    reports = [row | figures if row["url"] == PAGE else row for row in package.SMALL["reports"]]
    dataset = load(package.write(tmp_path / "table", reports=reports))
    stories = tmp_path / "stories"
    stories.mkdir()
    (stories / "a.md").write_text(f"{FRONT}## A\n[show](?)\n{text}\n", encoding="utf-8")
    found = [problem.reason for problem in story_problems(stories, dataset)]
    rest = "Link, in the same sentence, a report that says it, or write a placeholder."
    assert found == [f"{number} has no source. {rest}" for number in unsourced]


@pytest.mark.parametrize("name", PLACEHOLDERS)
def test_every_placeholder_is_known(said, name):
    assert said(f"There are {{{name}}} here.") == []


def test_a_comparison_needs_a_window(said):
    assert said("{events}, {ratio} and {before}.", "?from=2021-03-01") == [
        "line 7: step 1: {ratio} compares, so the query needs from= and to=.",
        "line 7: step 1: {before} compares, so the query needs from= and to=.",
    ]


def test_fills_placeholders_and_nothing_else():
    figures = {"events": "1,806", "killed": "7"}
    assert (
        fill("{events} events, {killed}; {events} {no}", figures) == "1,806 events, 7; 1,806 {no}"
    )


def test_does_not_show_a_placeholder_that_nobody_filled():
    with pytest.raises(KeyError, match="ratio"):
        fill("{ratio}", {"events": "1"})


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("One\n\n*two*", "<p>One</p>\n<p><em>two</em></p>\n"),
        ("<b>&'\"", "<p>&lt;b&gt;&amp;'&quot;</p>\n"),
        ("<script>x</script>", "<p>&lt;script&gt;x&lt;/script&gt;</p>\n"),
        ("&lt;img&gt;", "<p>&lt;img&gt;</p>\n"),
        (
            "[a](https://example.org/?a=1&b=2)",
            '<p><a href="https://example.org/?a=1&amp;b=2" target="_blank" rel="noopener">a</a>'
            "</p>\n",
        ),
        ("[a](?theatre=iraq&zoom=1)", '<p><a href="?theatre=iraq&amp;zoom=1">a</a></p>\n'),
        ("[a](javascript:alert)", "<p>[a](javascript:alert)</p>\n"),
        ("[a](data:text/html,x)", "<p>[a](data:text/html,x)</p>\n"),
        ("[a](/etc)", "<p>[a](/etc)</p>\n"),
        ("[a](//example.org)", "<p>[a](//example.org)</p>\n"),
        ('[a](?x "<b>")', '<p><a href="?x" title="&lt;b&gt;">a</a></p>\n'),
        ("![a](https://example.org/a.png)", None),
        ("# Title", "<p># Title</p>\n"),
        ("    code", "<p>code</p>\n"),
    ],
)
def test_renders_safe_html(text, html):
    rendered = to_html(text)
    assert "<img" not in rendered
    if html is not None:
        assert rendered == html


def test_check_prints_the_problems_of_stories(tmp_path, capsys):
    table = package.write(tmp_path)
    (table / "stories").mkdir()
    (table / "stories" / "a.md").write_text(FRONT + STEP, encoding="utf-8")
    assert cli.main(["check", str(table)]) == 0
    capsys.readouterr()
    (table / "stories" / "a.md").write_text(FRONT, encoding="utf-8")
    assert cli.main(["check", str(table)]) == 1
    assert capsys.readouterr().out.splitlines()[-2:] == [
        "stories/a.md, line 6: has no step. Begin one with '## ' and its heading.",
        "1 problem",
    ]


# The stories that we publish.

LINK = re.compile(r"\[([^\]]+)\]\((\S+?)\)(?=[\s.,;:)]|\Z)")
WORDS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
FIGURES = ("killed_min", "killed_max", "wounded_min", "wounded_max")


@pytest.fixture(scope="module")
def shipped(curated):
    path = folder("data") / "stories"
    stories, found = load_stories(path, curated.vocabulary, curated.reports)
    assert [str(problem) for problem in found] == []
    return {story.story_id: story for story in stories}


def steps(shipped):
    return [step for story in shipped.values() for step in story.steps]


def prose(text):
    return LINK.sub(r"\1", text)


def sentences(step):
    return re.split(r"(?<=[.!?])\s+", " ".join(step.text.split()))


def numbers(text):
    undated = re.sub(r"\d{1,2} (?:[JFMASOND][a-z]+)|\b20[12]\d\b(?!,\d)", "", text)
    digits = {int(found.replace(",", "")) for found in re.findall(r"\d[\d,]*\d|\d", undated)}
    spelled = {word for word in re.findall(r"[a-z]+", text.lower()) if word in WORDS}
    return digits | {WORDS.index(word) + 2 for word in spelled}


def test_two_stories_ship_in_their_order(shipped):
    assert {story.story_id: story.title for story in shipped.values()} == {
        "palma-march-2021": "Palma, March 2021",
        "after-the-caliphate": "After the caliphate: is it rising?",
    }
    assert list(shipped) == ["palma-march-2021", "after-the-caliphate"]
    assert all(8 <= len(story.steps) <= 12 for story in shipped.values())


def test_each_step_is_short(shipped):
    lengths = {step.heading: len(prose(step.text).split()) for step in steps(shipped)}
    assert {name: words for name, words in lengths.items() if not 50 <= words <= 110} == {}
    assert all(len(step.heading) <= HEADING_LENGTH for step in steps(shipped))


def test_each_step_has_the_one_spelling_of_its_link(shipped, curated):
    for step in steps(shipped):
        assert Selection.from_query(step.query, curated.vocabulary).to_query() == step.query


def test_each_step_shows_events_and_the_one_in_focus(shipped, curated, curated_events):
    for step in steps(shipped):
        selection = Selection.from_query(step.query, curated.vocabulary)
        chosen = query.select(curated_events, selection)["event_id"].to_list()
        assert chosen, step.heading
        assert not selection.event or selection.event in chosen, step.heading


def test_each_number_beside_a_link_is_in_that_reports_row(shipped, curated):
    checked = 0
    for step in steps(shipped):
        for sentence in sentences(step):
            urls = [url for _, url in LINK.findall(sentence) if url.startswith("http")]
            found = numbers(prose(sentence)) if urls else set()
            rows = curated.reports[curated.reports["url"].isin(urls)]
            assert set(rows["url"]) == set(urls), sentence
            said = {int(value) for name in FIGURES for value in rows[name].dropna()}
            for note in (*rows["note"], *rows["title"]):
                said |= numbers(note)
            assert found <= said, f"{found - said} in: {sentence}"
            checked += len(found)
    assert checked > 25


def test_each_count_says_in_its_sentence_that_the_table_is_no_census(shipped):
    silent = [
        sentence
        for step in steps(shipped)
        for sentence in sentences(step)
        if "{events_before}" in sentence and not re.search(r"curated.*not a census", sentence)
    ]
    assert silent == []


def test_each_comparison_says_what_the_coverage_strip_shows(shipped):
    for step in steps(shipped):
        if "{events_before}" in step.text:
            assert {"{ratio}", "{change}", "{reports}", "{reports_before}"} <= set(
                re.findall(r"\{\w+\}", step.text)
            ), step.heading


def test_the_texts_use_none_of_the_loaded_words(shipped):
    text = " ".join(
        f"{story.title} {story.summary} {step.heading} {prose(step.text)}".lower()
        for story in shipped.values()
        for step in story.steps
    )
    loaded = "terroris|martyr|caliph |horrif|brutal|savage|evil|regime|liberat|jihadis|infidel"
    assert re.findall(loaded, text) == []


def test_what_the_texts_say_of_the_table_holds(curated, curated_events):
    def totals(text):
        selection = Selection.from_query(text, curated.vocabulary)
        return query.totals(query.select(curated_events, selection))

    events = curated.events.set_index("event_id")
    palma = events.loc["2021-03-24-palma"]
    # "The lowest figure is the attackers' own claim, the best one is the survey's, the highest what
    # researchers made of that survey."
    assert (palma["killed_low"], palma["killed_best"], palma["killed_high"]) == (55, 1193, 1400)
    assert (palma["displaced"], palma["attribution"]) == (64705, "claimed")
    # "Most of that is Palma."
    mozambique = totals(
        "?theatre=mozambique&actor=is-mozambique&role=initiator&from=2020-03-31&to=2021-03-30"
    )
    assert palma["killed_best"] > mozambique.killed.best / 2
    # "None there is later than Baghuz."
    ground = events[
        (events["event_type"] == "territorial_change")
        & events["country_code"].isin(["IRQ", "SYR"])
        & (events["start_date"].dt.date <= datetime.date(2021, 3, 30))
    ]
    assert ground.index[-1] == "2019-03-23-baghuz"
    # "With counts this small."
    assert totals("?theatre=iraq&actor=is&role=initiator&from=2020-12-31&to=2021-03-30").events < 10
    # "None of the pages that it cites from those months gives an independent count."
    pages = curated.reports[curated.reports["event_id"] == "2021-03-24-palma"]
    early = pages[pages["published_date"].dt.year == 2021]
    assert set(early["killed_max"].dropna()) <= {55}


def test_each_text_renders_with_its_figures(shipped):
    for step in steps(shipped):
        html = to_html(fill(step.text, dict.fromkeys(PLACEHOLDERS, "1,193")))
        assert html.count("<a href=") == step.text.count("]("), step.heading
        assert not re.search(r"[{}]|\]\(", html), step.heading
