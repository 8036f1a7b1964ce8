"""Invent the partners and the people who host for them."""

from random import Random

from home.demo.reading import address, content, phrases, reference
from home.demo.shapes import DemoHost, DemoOrganisation

SEED = 1901


def make_organisations() -> tuple[DemoOrganisation, ...]:
    """Give every partner; public bodies are departments of the reference data."""
    domains = {row["slug"]: row["domains"].split(" | ")[0] for row in reference("departments")}
    return tuple(
        DemoOrganisation(
            slug=row["slug"],
            name=row["name"],
            kind=row["kind"],
            department=row["department"],
            town=row["town"],
            other_sites=tuple(row["other_sites"]),
            themes=tuple(row["themes"]),
            summary=row["summary"],
            lines=tuple(row["lines"]),
            website=f"https://example.org/{row['slug']}",
            domain=domains.get(row["department"], f"{row['slug'].replace('-', '')}.example"),
            size=row["size"],
        )
        for row in content("organisations")
    )


def make_hosts(organisations: tuple[DemoOrganisation, ...]) -> tuple[DemoHost, ...]:
    """Give each partner an owner and one to three members."""
    random = Random(SEED)  # noqa: S311 - a repeatable demo, nothing secret
    names = content("names")
    used: set[str] = set()
    hosts = []
    for organisation in organisations:
        titles = random.sample(
            phrases()["policy_titles" if organisation.is_policy_team else "member_titles"], 3
        )
        titles.insert(0, random.choice(phrases()["owner_titles"]))
        for place, title in enumerate(titles[: random.randint(2, 4)]):
            name = _unused_name(random, names, used)
            hosts.append(
                DemoHost(
                    organisation=organisation.slug,
                    name=name,
                    email=address(name, organisation.domain),
                    job_title=title,
                    role="member" if place else "owner",
                )
            )
    return tuple(hosts)


def _unused_name(random: Random, names: dict[str, list[str]], used: set[str]) -> str:
    while True:
        name = f"{random.choice(names['first'])} {random.choice(names['last'])}"
        if name not in used:
            used.add(name)
            return name
