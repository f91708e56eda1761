"""The block structure of Markdown."""

from __future__ import annotations

from quiz.source.markdown import bold_terms, fences, headings, list_items, parse, tables

TEXT = """\
# One

| Cause | Fix |
|:---|---:|
| a | `b | c` |
| d \\| e | **f** |

- first
  goes on
- second
  - nested

1. step

   ```bash
   # in a list
   ```

```json title="task.json"
{}
```

## Two
"""


def test_headings_are_those_outside_fences_and_lists() -> None:
    assert [(heading.depth, heading.text, heading.line) for heading in headings(parse(TEXT))] == [
        (1, "One", 1),
        (2, "Two", 23),
    ]


def test_a_fence_in_a_list_is_found_without_its_indent() -> None:
    first, second = fences(TEXT)
    assert (first.language, first.text, first.line) == ("bash", "# in a list\n", 15)
    assert (second.language, second.info, second.line) == ("json", 'json title="task.json"', 19)


def test_a_table_has_a_header_and_rows_of_raw_cells() -> None:
    (table,) = tables(TEXT)
    assert table.header == ("Cause", "Fix")
    assert table.rows[1] == ("d | e", "**f**")
    assert table.line == 3


def test_list_items_join_continuation_lines_and_leave_nested_lists_out() -> None:
    assert [(item.text, item.line, item.ordered) for item in list_items(TEXT)] == [
        ("first goes on", 8, False),
        ("second", 10, False),
        ("step", 13, True),
    ]


def test_bold_terms_lose_code_marks_and_line_breaks() -> None:
    assert bold_terms("The **execution\nrole** needs **`ecr:GetX`** and *more*") == (
        "execution role",
        "ecr:GetX",
    )
