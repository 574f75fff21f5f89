"""Which lines of an article are read, on the seeds and on made-up pages."""

import pytest

from annotator.finders.page.lines import LinePatterns
from annotator.finders.page.regions import regions
from annotator.model.article import READ_REGIONS, Article
from annotator.model.guidelines import Guidelines


@pytest.fixture(scope="module")
def patterns(guidelines: Guidelines) -> LinePatterns:
    return LinePatterns.of(guidelines.lexicon)


def outline(text: str, patterns: LinePatterns) -> list[tuple[str, str]]:
    return [(region.kind, text[region.start : region.end]) for region in regions(text, patterns)]


@pytest.mark.parametrize(
    ("seed", "kinds"),
    [
        ("000", ["title", "byline", "body", "related_links", "comment_form", "cookie_banner"]),
        ("001", ["title", "byline", "body", "related_links", "comment_form", "cookie_banner"]),
        ("002", ["title", "body", "comment_form"]),
        ("003", ["masthead", "title", "body", "cookie_banner"]),
        ("004", ["navigation", "title", "body", "navigation"]),
    ],
)
def test_the_seeds_fall_into_their_regions(
    seeds: dict[str, Article], patterns: LinePatterns, seed: str, kinds: list[str]
) -> None:
    assert [kind for kind, _ in outline(seeds[seed].text, patterns)] == kinds


@pytest.mark.parametrize(
    ("seed", "ending"),
    [
        ("000", "to avoid new blows to the alliance."),
        ("001", "لتجنب ضربات جديدة للتحالف."),
        ("002", "بينها دبابات ومدرعات."),
        ("003", "in the ranks of the both parties."),
        ("004", "closed between two fires."),
    ],
)
def test_the_body_ends_with_the_last_sentence_of_the_story(
    seeds: dict[str, Article], patterns: LinePatterns, seed: str, ending: str
) -> None:
    read = [text for kind, text in outline(seeds[seed].text, patterns) if kind in READ_REGIONS]
    assert read[-1].endswith(ending)


def test_a_body_runs_on_over_a_word_that_a_blank_line_breaks(patterns: LinePatterns) -> None:
    assert outline("Title\n\nwith i\n\nnformation", patterns) == [("title", "Title"), ("body", "with i\n\nnformation")]


def test_a_sentence_that_begins_like_a_masthead_is_body(patterns: LinePatterns) -> None:
    text = "Title\n\nThe Syrian Observatory For Human Rights learned that warplanes struck."
    assert [kind for kind, _ in outline(text, patterns)] == ["title", "body"]


def test_a_long_line_that_begins_with_by_is_body(patterns: LinePatterns) -> None:
    text = "Title\nBy " + "nightfall " * 20
    assert [kind for kind, _ in outline(text, patterns)] == ["title", "body"]


def test_an_empty_article_has_no_regions(patterns: LinePatterns) -> None:
    assert regions(" \n\n ", patterns) == ()


STORY = "Shells kill four near Idlib\n\nShells killed four people near Idlib on Thursday, rescuers said.\n"


def kinds(text: str, patterns: LinePatterns, outlet: str | None = None) -> list[str]:
    return [region.kind for region in regions(text, patterns, outlet)]


def test_a_story_goes_on_below_a_box_of_links(patterns: LinePatterns) -> None:
    paragraph = "The shelling went on into the night and drove hundreds of families out of their homes, a nurse said."
    text = STORY + "Related stories\nWho is fighting whom?\nNo one was spared.\n" + paragraph
    assert kinds(text, patterns) == ["title", "body", "related_links", "body"]
    assert kinds(STORY + "Related stories\nOil rises\nRain falls", patterns)[-1] == "related_links"


def test_nothing_is_the_story_below_the_form_for_comments(patterns: LinePatterns) -> None:
    comment = "I have lived there, and it was like that every night. " * 4
    assert kinds(STORY + "Leave a Reply\n" + comment, patterns) == ["title", "body", "comment_form"]


def test_a_link_to_the_comments_above_the_story_does_not_close_it(patterns: LinePatterns) -> None:
    title, _, body = STORY.partition("\n\n")
    assert kinds(f"{title}\nLeave a comment\n{body}", patterns) == ["title", "comment_form", "body"]


@pytest.mark.parametrize(
    "opening",
    [
        "BEIRUT (Reuters) - ", "GAZA CITY, Oct 9 (Reuters) - ", "DAMASCUS — ", "دمشق – سانا: ",
        "دير الزور (الأناضول) - ", "بيروت - رويترز - ", "SANA, Damascus - ",
    ],
)  # fmt: skip
def test_a_dateline_is_a_region_inside_its_line(patterns: LinePatterns, opening: str) -> None:
    story = "Shells killed four people near Idlib on Thursday, rescuers said."
    found = outline(f"Shells kill four near Idlib\n{opening}{story}", patterns)
    assert found[1:] == [("dateline", opening.strip()), ("body", story)]


@pytest.mark.parametrize(
    "story",
    [
        "The army – backed by Russia – took two villages on Monday, state television said.",
        "Aleppo: two killed and five wounded in the bombing of a market, rescuers said on Monday.",
        "وقال المتحدث - نقلا عن مصادر - إن القوات سيطرت على قريتين في ريف حلب.",
    ],
)
def test_a_sentence_with_a_dash_has_no_dateline(patterns: LinePatterns, story: str) -> None:
    assert kinds(f"Shells kill four near Idlib\n{story}", patterns) == ["title", "body"]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("By Lena Haddad, Staff writer", "byline"),
        ("كتب - سامر العلي", "byline"),
        ("خاص - الساحل نيوز", "byline"),
        ("Published: 24 May 2018, 10:30 GMT", "dateline"),
        ("الخميس 24 أيار 2018", "dateline"),
        ("٢٦ آب ٢٠٢١", "dateline"),
        ("Share on Facebook", "navigation"),
        ("فيسبوك تويتر واتساب", "navigation"),
        ("Photo: AFP", "caption"),
    ],
)
def test_what_stands_between_title_and_text(patterns: LinePatterns, line: str, kind: str) -> None:
    title, _, body = STORY.partition("\n\n")
    assert kinds(f"{title}\n{line}\n{body}", patterns) == ["title", kind, "body"]


def test_the_name_of_the_outlet_above_the_title_is_its_masthead(patterns: LinePatterns) -> None:
    assert kinds("The Sahel Daily Post\n" + STORY, patterns, "The Sahel Daily Post") == ["masthead", "title", "body"]


STRUCK = "Warplanes struck the town of Qarqash on Monday, residents said."


@pytest.mark.parametrize("heading", ["Read also", "Read also:", "اقرأ أيضا", "اقرأ أيضاً:"])
def test_a_heading_of_more_to_read_opens_the_links_below_it(patterns: LinePatterns, heading: str) -> None:
    text = f"Title\n\n{STRUCK}\n\n{heading}\n- Rebels take a hill\n- معارك قرب حلب"
    assert [kind for kind, _ in outline(text, patterns)] == ["title", "body", "related_links"]


def test_the_text_goes_on_below_a_box_of_more_to_read(patterns: LinePatterns) -> None:
    text = f"Title\n\n{STRUCK}\n\nRead also\nRebels take a hill\n\n{STRUCK} {STRUCK}"
    assert outline(text, patterns)[-1] == ("body", f"{STRUCK} {STRUCK}")


@pytest.mark.parametrize(
    "menu", ["Home | News | Qarqash | Sports", "Home » News » Qarqash", "الرئيسية / أخبار / قرقاش"]
)
def test_a_line_of_sections_is_no_title(patterns: LinePatterns, menu: str) -> None:
    text = f"{menu}\n\nWarplanes strike Qarqash\n\n{STRUCK}"
    assert [kind for kind, _ in outline(text, patterns)] == ["navigation", "title", "body"]
    assert outline("Raqqa | Idlib | Hama: a war in three maps\n\n" + STRUCK, patterns)[0][0] == "title"


@pytest.mark.parametrize(
    "line",
    ["انقر للمشاركة على فيسبوك (فتح في نافذة جديدة)", "Like this: Loading...", "معجب بهذه: إعجاب تحميل..."],
)
def test_buttons_below_the_text_are_not_read(patterns: LinePatterns, line: str) -> None:
    assert [kind for kind, _ in outline(f"Title\n\n{STRUCK}\n\n{line}", patterns)] == ["title", "body", "navigation"]
