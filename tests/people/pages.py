"""What tests read from a page."""

import html
import re

SUMMARY = re.compile(r'govuk-error-summary__list">(.*?)</ul>', re.DOTALL)


def errors(response):
    found = SUMMARY.search(response.text)
    items = re.findall(r"<li>(.*?)</li>", found[1], re.DOTALL) if found else []
    return [html.unescape(re.sub(r"<[^>]+>", "", item)).strip() for item in items]
