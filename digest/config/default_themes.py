"""The subjects of an AI-economics newsletter, used when feeds.yaml names none."""

from __future__ import annotations


def _theme(name: str, words: str) -> tuple[str, tuple[str, ...]]:
    return name, tuple(" ".join(word.split()) for word in words.split(","))


# A word matches whatever its case, in the singular and the plural, with a space or a hyphen. The
# names of the large AI houses stand nowhere: they occur in stories of every theme and tell none
# apart.
# Order matters twice: a tie between two themes goes to the earlier one, and weekly issues keep it.
DEFAULT_THEMES: tuple[tuple[str, tuple[str, ...]], ...] = (
    _theme(
        "Compute & capex",
        """capex, capital expenditure, capital spending, data center, data centre, datacenter,
        hyperscaler, neocloud, colocation, compute, cloud capacity, computing capacity,
        supercomputer, Stargate, CoreWeave, server, infrastructure, campus, GPU rental""",
    ),
    _theme(
        "Chips & hardware",
        """chip, chipmaker, semiconductor, GPU, TPU, accelerator, HBM, DRAM, memory prices, wafer,
        foundry, processor, packaging, TSMC, ASML, AMD, Intel, Broadcom, Micron, SK Hynix,
        Blackwell, robot, humanoid, device""",
    ),
    _theme(
        "Deals & valuations",
        """funding, funding round, raises, raised, fundraise, valuation, valued at, seed round,
        Series A, Series B, Series C, Series D, IPO, going public, acquire, acquired, acquisition,
        merger, buyout, takeover, stake, invest, investment, investor, venture capital, bond, debt,
        loan, letter of intent, bubble""",
    ),
    _theme(
        "Models & pricing",
        """pricing, price cut, per token, token, API, subscription, usage-based, inference cost,
        rate limit, free tier, context window, frontier model, new model, language model,
        reasoning model, model release, benchmark, GPT, Gemini, Claude, Grok""",
    ),
    _theme(
        "Open & closed",
        """open source, open weight, open model, closed model, proprietary, licence, license,
        self-host, Hugging Face, DeepSeek, Qwen, Llama, Mistral, Kimi, GLM, gpt-oss""",
    ),
    _theme(
        "Labour & productivity",
        """job, layoff, laid off, job cuts, worker, workforce, workplace, employee, employer,
        employment, unemployment, hiring, labour market, labor market, wage, salary, productivity,
        automation, freelancer, programmer, junior, skills, union, upskilling, coding agent,
        coding assistant""",
    ),
    _theme(
        "Policy & law",
        """regulation, regulator, legislation, lawmaker, executive order, AI Act, antitrust,
        export control, tariff, sanctions, lawsuit, sues, court, trial, judge, jury, copyright,
        settlement, Congress, Senate, White House, Pentagon, European Commission, FTC,
        national security, procurement, state bill, ban""",
    ),
    _theme(
        "Energy & grid",
        """electricity, power demand, power supply, power grid, power price, power plant, grid,
        gigawatt, GW, megawatt, MW, utility, energy, nuclear, gas turbine, interconnection,
        substation, cooling, water use, emissions""",
    ),
    _theme(
        "Adoption & business",
        """revenue, earnings, profit, margin, guidance, quarter, sales, customer, enterprise,
        adoption, market share, partnership, return on investment, advertising, ads, subscriber,
        paid users, business model, rollout""",
    ),
)
