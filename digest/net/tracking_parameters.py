"""Parameters of an address that say where a reader came from and never what is shown.

The names are those that browsers take off (Firefox's query stripping, Brave's query filter,
Safari's link tracking protection) and that the vendors' own manuals give; each is one vendor's own.
Words that a site may use for content (`id`, `source`, `ref`, `campaign`) are left alone.
"""

from __future__ import annotations

from digest.text.folding import word_list

_PREFIXES = (
    "utm_", "utm-", "itm_", "hsa_", "_hs", "__hs", "pk_", "mtm_", "piwik_", "matomo_", "wt_",
    "wt.", "at_", "ns_", "vero_", "oly_", "mc_", "bsft_", "elq", "gad_", "_ga", "fb_action_",
    "action_object_", "action_type_", "action_ref_", "pd_rd_", "pf_rd_", "asc_", "_bta_",
    "cm_mmc", "gaa_", "guce_", "sfmc_", "mk_", "trk_", "ml_subscriber", "stm_", "hmb_", "tblci",
    "ir_",
)  # fmt: skip
_NAMES = word_list(
    # click ids of advertising networks
    "fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid ysclid twclid ttclid scclid sccid"
    " epik irclickid irgwc rdt_cid qclid obclid wickedid wickedsource ndclid mkcid mkrid mkevt"
    " dicbo oborigurl tduid _openstat ranmid raneaid ransiteid zanpid admitad_uid cjevent cjdata"
    " awc sscid s_kwcid ef_id rb_clickid _gl srsltid wprov adj_t adjust_t spm algo_pvid"
    # links that people share
    " igshid igsh ref_src ref_url share_id sharesource share_source smid smtyp smvar xmt __tn__"
    " __cft__ notif_id notif_t mibextid rdid sfnsn fref hc_ref hc_location __xts__"
    " _branch_match_id _branch_referrer li_fat_id trackingid originalreferer"
    # mailings
    " mkt_tok ck_subscriber_id ck_subscriber emc em_id emci emdi mailid nlid sendgrid_id"
    " inf_contact_key _ke _kx klaviyo_id user_email_id et_rid dm_i uqhash ss_source"
    " ss_campaign_id ss_email_id ss_campaign_name ss_campaign_sent_date __s isfreemail"
    " triedredirect"
    # newspapers and other publishers
    " cmpid cmp icid ncid ftag xtor srnd taid guccounter ocid cvid echobox mbid tpcc dgcid cndid"
    " bxid esrc soc_src soc_trk hss_channel s_cid sc_cid sc_campaign ito_source smprod"
    " partner_code"
    # measurements
    " hsctatracking vgo_ee mixpanel_id sb_referer_host redirect_log_mongo_id redirect_mongo_id"
    " unicorn_click_id gs_l ved"
)


def is_tracking(parameter: str) -> bool:
    """Whether "name=value" only tells where a reader came from."""
    name = parameter.partition("=")[0].lower()
    return name in _NAMES or name.startswith(_PREFIXES)
