"""The subjects of an AI-economics newsletter, used when feeds.yaml names none."""

from __future__ import annotations


def _theme(name: str, words: str) -> tuple[str, tuple[str, ...]]:
    return name, tuple(" ".join(word.split()) for word in words.split(","))


# A word matches whatever its case, in the singular and the plural, with a space or a hyphen;
# "raises $" matches only before a sum of money. One with a question mark is a hint: many stories of
# other themes use it too, so it counts less and decides nothing in passing. One with an exclamation
# mark says what happened, which tells more than to whom. The names of the large AI houses stand
# nowhere: they occur in stories of every theme and tell none apart.
# Order matters twice: a tie between two themes goes to the earlier one, and weekly issues keep it.
DEFAULT_THEMES: tuple[tuple[str, tuple[str, ...]], ...] = (
    _theme(
        "Compute & capex",
        """capex, capital expenditure, capital spending, data center, data centre, datacenter,
        hyperscaler, neocloud, colocation, compute, cloud capacity, computing capacity,
        capacity-constrained, capacity constraint, supercomputer?, Stargate, CoreWeave, Nebius,
        server?, server farm, infrastructure?, campus?, GPU rental, AI infrastructure, compute deal,
        GPU cluster, orbital data center, cloud spending, IT spending, AI spending, cloud?,
        cloud business, cloud computing, cloud revenue, Google Cloud, Azure?, AWS?, build-out""",
    ),
    _theme(
        "Chips & hardware",
        """chip, chipmaker, chipmaking, semiconductor, GPU, TPU, accelerator?, HBM, DRAM, memory
        prices, memory shortage, wafer, foundry, processor, advanced packaging, TSMC, ASML,
        AMD, Intel, Broadcom, Micron, SK Hynix, Arm Holdings, Qualcomm, Blackwell, Vera Rubin,
        robot, humanoid, robotics, robotaxi, device?, wearable, hardware, nm process, AI chip,
        inference chip, supercomputer?, chip design, smart glasses, headset, VR, laptop?, Macs?,
        drone?, physical AI""",
    ),
    _theme(
        "Deals & valuations",
        """funding round!, raise $!, raises $!, raised $!, raising $!, raise of $!, secures $!,
        funding?, fundraise, fundraising, in talks to raise!, valuation, valued at, seed round!,
        Series A!, Series B!, Series C!, Series D!, Series E!, IPO!, going public!, goes public!,
        go public!, files to go public!, acquire?, acquires!, acquired?, acquisition, to acquire!,
        to buy!, buys!, bought?, merger!, merges!, merging!, merge!, buyout!, takeover!, stake?,
        invest?, investment?, investor?, venture capital, bond?, debt?, loan?, bond sale!,
        borrows $!, borrow $!, letter of intent, bubble, unicorn, backs?, invest $!, invests $!,
        investing $!, shares?, stocks?, Wall Street?, stock market, selloff, sell-off, markets?,
        joint venture, tender offer, secondary sale, dealmaking, deal?, renegotiate,
        renegotiated, spin off, special fund""",
    ),
    _theme(
        "Models & pricing",
        """pricing, price cut!, price war!, cuts prices!, per token, per million tokens, token?,
        API?, subscription?, subscription price, usage-based, inference cost, rate limit, free tier,
        cheaper model, cheaper AI model, context window, frontier model, new model, AI model?,
        language model?, reasoning model, model release, launch new AI model, releases model,
        benchmark?, coding model, image model, video model, world model, GPT?, Gemini?, Claude?,
        Grok?, Codex?, superintelligence?""",
    ),
    _theme(
        "Open & closed",
        """open source, open weight, open model, closed model, proprietary?, open licence, open
        license, self-host, Hugging Face?, DeepSeek?, Qwen?, Llama?, Mistral?, Kimi?, GLM?,
        gpt-oss, distillation?, open-sourced""",
    ),
    _theme(
        "Labour & productivity",
        """job?, jobs market, job market, layoff!, laid off!, laying off!, lays off!, job cuts!,
        cuts jobs!, worker?, workforce, workplace?, employee?, employer?, employment, unemployment,
        hiring?, labour market, labor market, wage, salary, productivity, automation?, freelancer,
        programmer?, developer?, junior?, skills?, union?, upskilling, reskilling, coding agent?,
        coding assistant?, white collar, knowledge work, vibe coding?, head of?, departs, depart?,
        hires?, co-founder?, talent?, outsourcing, offshore work, offshoring, back office, career,
        professional tasks, lawyer?, call center, human workers, graduate?""",
    ),
    _theme(
        "Policy & law",
        """regulation, regulator, legislation, lawmaker, executive order!, AI Act, antitrust, export
        control, tariff, sanctions, lawsuit!, sues!, sued!, suing!, court, trial?, judge, jury,
        copyright, settlement?, Congress, Senate, Senator, Sen., White House, Pentagon,
        Department of Defense, European Commission, European Union, FTC, DOJ, Justice Department,
        national security, procurement, state bill, bill that, bills to, moratorium!, ban?, bans!,
        testify!, testifies!, testified!, court battle, probe?, investigation, investigate?,
        privacy?, attorney general, government?, watchdog, subpoena!, appeal?, ruling, monopoly,
        safety law, UN, United Nations, governance?, guardrail?, treaty, minister, parliament,
        cybercrime, scam?, military, classified, surveillance?, class action!, on the stand,
        deceptive""",
    ),
    _theme(
        "Energy & grid",
        """electricity, power demand, power supply, power grid, power price, power plant, grid?,
        gigawatt?, GW?, megawatt?, MW?, utility?, energy?, nuclear, gas turbine,
        interconnection, substation, cooling?, water use, emissions, solar, electric bill,
        energy cost, vehicle-to-grid, battery?, EV?, energy storage""",
    ),
    _theme(
        "Adoption & business",
        """revenue, earnings, profit?, margin?, guidance?, quarter?, sales?, customer?, enterprise,
        adoption, market share, partnership?, return on investment, ROI, advertising,
        advertiser?, ads, advert, subscriber?, paid users, paid subscriptions, business model,
        make money, monetize, rollout?, paying users, agentic?, AI agent?, enterprise AI,
        enterprise software, pilot?, deploy?, deployment?, use case, businesses?, cost savings,
        consumer?, shopper?, user?, app?, feature?, tool?, product?, assistant?, chatbot?, ChatGPT?,
        Siri?, launches?, teams up, partner?, search?, streaming?, retailer?, healthcare?,
        shopping?, workflow?, Hollywood?, startup?""",
    ),
)
