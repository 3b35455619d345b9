"""The words by which a text shows whether it is about the economics of AI: knowledge of the field,
nothing learned.
"""

from __future__ import annotations

from digest.text.phrases import Phrases
from digest.text.vectors import tokens

# AI itself, and the houses, products and people that stand for it.
AI = Phrases.listed("""
    AI, A.I., artificial intelligence, machine learning, deep learning, LLM, language model,
    foundation model, frontier model, reasoning model, chatbot, generative, genAI, agentic, AGI,
    superintelligence, neural network, open weight, inference, token, copilot, vibe coding,
    coding agent, humanoid, autonomous vehicle, robotaxi, hyperscaler, neocloud, OpenAI, ChatGPT,
    GPT, Sora, Anthropic, Claude, Gemini, DeepMind, DeepSeek, Mistral, xAI, Grok, Perplexity,
    Cohere, Qwen, Kimi, Moonshot AI, Zhipu, MiniMax, Llama, Hugging Face, Scale AI, Databricks,
    Thinking Machines, Safe Superintelligence, Sam Altman, Dario Amodei
""")

# What AI runs on: half the subject, even where the text never says "AI".
COMPUTE = Phrases.listed("""
    Nvidia, AMD, TSMC, Broadcom, ASML, SK Hynix, Micron, Intel, Arm Holdings, Cerebras, Groq,
    CoreWeave, Nebius, Stargate, Huawei, GPU, TPU, H100, H200, B200, GB200, Blackwell, Vera Rubin,
    HBM, DRAM, accelerator, semiconductor, chip, chipmaker, foundry, wafer, data center,
    data centre, datacenter, supercomputer, compute, AWS, Azure, Google Cloud, cloud capacity
""")

# Houses for which AI is one business among several: a hint, no more.
BIG_TECH = Phrases.listed(
    "Microsoft, Google, Alphabet, Amazon, Meta, Apple, Oracle, SoftBank, Alibaba, Tencent, Baidu,"
    " ByteDance, IBM, SAP, Salesforce"
)

MONEY = Phrases.listed("""
    fundraise, fundraising, funding, funding round, valuation, valued, Series A, Series B, Series C,
    Series D, seed round, venture capital, VC, investor, invest, investment, backed, stake, IPO,
    going public, acquire, acquired, acquisition, merger, buyout, takeover, deal, contract,
    partnership, debt, bond, loan, lender, bubble, billionaire, unicorn, bankruptcy, bailout,
    revenue, profit, profitability, loss, earnings, quarterly, guidance, margin, cash flow, stock,
    share price, shareholder, Wall Street, stock market, market value, analyst, CFO, capex,
    capital expenditure, capital spending, spending, budget, cost, pricing, price cut, usage-based,
    per token, monetize, monetise, monetization, advertising, subscriber, paid users, customer,
    enterprise, startup, return on investment, ROI, make money, business model, economy, economic,
    economics, economist, GDP, inflation, growth, market share, competition, demand, supply chain,
    shortage, capacity, sovereign, infrastructure
""")

# Said of any business, so less telling.
TRADE = Phrases.listed("""
    price, cheap, cheaper, expensive, rent, rental, lease, bill, pay, paid, sales, market,
    subscription, financing, finance, refinancing, accounting, depreciation, annualized, run rate,
    CEO
""")

# Open against closed models is an economic question here: who must pay whom.
OPENNESS = Phrases.listed(
    "open source, open weight, open model, licence, license, proprietary, closed model, self-host,"
    " commoditize, moat"
)

LABOUR = Phrases.listed("""
    job, layoff, laid off, job cuts, workforce, worker, hiring, hire, employment, unemployment,
    productivity, wage, salary, freelancer, workplace, knowledge work, labor market, labour market,
    labor, labour, union, automation, automate, outsourcing, reskilling, upskilling, talent,
    programmer, employer, employee, job posting, entry level, recruit, white collar
""")

POLICY = Phrases.listed("""
    regulation, regulator, antitrust, export control, export ban, tariff, sanctions, AI Act,
    executive order, Congress, White House, Pentagon, legislation, lawmaker, subsidy, tax,
    copyright, licensing, industrial policy, national security, Commerce Department, FTC,
    European Commission, settlement, Davos, World Economic Forum
""")

ENERGY = Phrases.listed("""
    electricity, power grid, power plant, power demand, power purchase, gigawatt, GW, megawatt, MW,
    nuclear, utility, energy, cooling, gas turbine, emissions, water use
""")

# The trade of the consumer desk, the gadget desk and the promotion desk.
CONSUMER = Phrases.listed("""
    how to, hands-on, I tried, I tested, I used, I compared, I asked, here's how, ranked, tips,
    tricks, gift, coupon, discount, lowest price, Prime Day, Black Friday, headphones, earbuds,
    soundbar, laptop, smartwatch, smart glasses, smart home, vacuum, console, gaming, gamer, Xbox,
    PlayStation, Nintendo, Netflix, trailer, movie, film, biopic, comedian, celebrity, actor,
    singer, basketball, merch, wallpaper, meme, emoji, playlist, iPhone, iPad, iOS, macOS, Android,
    Windows 11, Galaxy, Pixel, CarPlay, Gmail, Outlook, webinar, early bird,
    register now, last chance, sponsored
""")

# What those desks write about, and the security desk too; business news has some of these words as
# well.
GADGETRY = Phrases.listed("""
    best, review, reviewed, tested, vs, game, photo, camera, TV, speaker, browser, Windows, Linux,
    app, feature, update, bug, fix, outage, hacker, malware, phishing, ransomware, vulnerability,
    security flaw, password, data breach, privacy, scam, teen, ticket
""")

# What any story of the field may say, and which therefore tells no two of its stories apart.
COMMONPLACE = frozenset(
    token
    for phrases in (AI, COMPUTE, BIG_TECH, MONEY, TRADE, OPENNESS, LABOUR, POLICY, ENERGY)
    for word in phrases.words
    for token in tokens(word)
)
