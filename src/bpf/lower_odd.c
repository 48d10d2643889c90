/* Words of single link types: LLC, ATM cells of SunATM, SS7 signal units, logs of OpenBSD's pf. */
#include "bpf/lower.h"

static const struct place start = { NULL, 0 };

/* IEEE Std 802.2, 5.4: the low bits of the control byte, behind two access points. */
enum { LLC_CONTROL = 2, NOT_I = 1, S_OR_U = 3, S_CLASS = 1, S_MASK = 0x0f, U_CLASS = 3, U_MASK = 0xef };
enum { NO_LLC = 0xffff }; /* Novell's raw IPX frames: a checksum where LLC would be */

static const struct test *llc_kind(struct lower *l, const struct layout *at, const struct ast *n,
                                   struct exits to)
{
    const char *what = "LLC control field";
    switch (n->llc.class) {
    case 'i': return lower_field(l, at->payload, LLC_CONTROL, 1, NOT_I, 0, to, what);
    case 's': return lower_field(l, at->payload, LLC_CONTROL, 1, S_OR_U, S_CLASS, to, what);
    case 'u': return lower_field(l, at->payload, LLC_CONTROL, 1, S_OR_U, U_CLASS, to, what);
    case 'S': return lower_field(l, at->payload, LLC_CONTROL, 1, S_MASK, n->llc.value, to, what);
    case 'U': return lower_field(l, at->payload, LLC_CONTROL, 1, U_MASK, n->llc.value, to, what);
    default: return to.yes;
    }
}

const struct test *lower_llc(struct lower *l, const struct layout *at, const struct ast *n, struct exits to)
{
    if ((at->features & FEATURE_LLC) == 0)
        return lower_fail(l, "'llc' not supported for %s", at->ppp ? "PPP" : lower_link_name(l));
    to.yes = llc_kind(l, at, n, to);
    switch (at->spelling) {
    case SPELL_ETHER:
    case SPELL_MPLS: /* labels do not change what the Ethernet header says */
        to.yes = lower_field(l, at->payload, 0, 2, 0xffff, NO_LLC, swapped(to), "IPX without LLC");
        return lower_is(l, CMP_GT, lower_load(l, at->type, 0, 2), LENGTH_MAX, swapped(to),
                        "a length, so LLC follows");
    case SPELL_WLAN: return lower_wlan_data(l, at, to);
    case SPELL_SUNATM: return lower_field(l, start, 0, 1, 0x0f, 2, to, "traffic type of the ATM cell");
    default: return to.yes; /* always LLC */
    }
}

/* SunATM's header: flags, VPI, VCI. */
enum { ATM_FLAGS = 0, ATM_VPI = 1, ATM_VCI = 2, ATM_MESSAGE = 9, ATM_TYPE_MASK = 0x0f, ATM_LANE = 1 };

/* Q.2931, table 4-2: message types that set calls up and release them; 0 ends the list. */
static const u8 call_messages[] = { 0x05, 0x02, 0x07, 0x0f, 0x4d, 0x5a };
static const u8 meta_messages[] = { 0x05, 0x02, 0x07, 0x4d, 0x5a };

static const struct test *vci(struct lower *l, u32 number, struct exits to)
{
    return lower_field(l, start, ATM_VCI, 2, 0xffff, number, to, "VCI");
}

/* A well-known channel: VPI 0 and this VCI. */
static const struct test *channel(struct lower *l, u32 number, struct exits to)
{
    to.yes = vci(l, number, to);
    return lower_field(l, start, ATM_VPI, 1, 0xff, 0, to, "VPI");
}

/* The signalling message is one of these. */
static const struct test *message(struct lower *l, const u8 *types, size_t n, struct exits to)
{
    while (n-- > 0)
        to.no = lower_field(l, start, ATM_MESSAGE, 1, 0xff, types[n], to, "type of the Q.2931 message");
    return to.no;
}

static const struct test *atm_cell(struct lower *l, enum cell cell, struct exits to)
{
    switch (cell) {
    case CELL_LANE:
        return lower_field(l, start, ATM_FLAGS, 1, ATM_TYPE_MASK, ATM_LANE, to,
                           "traffic type of the ATM cell");
    case CELL_METAC: return channel(l, 1, to);
    case CELL_BCC: return channel(l, 2, to);
    case CELL_OAMF4SC: return channel(l, 3, to);
    case CELL_OAMF4EC: return channel(l, 4, to);
    case CELL_SC: return channel(l, 5, to);
    case CELL_ILMIC: return channel(l, 16, to);
    case CELL_CONNECTMSG:
        to.yes = message(l, call_messages, countof(call_messages), to);
        return channel(l, 5, to);
    case CELL_METACONNECT:
        to.yes = message(l, meta_messages, countof(meta_messages), to);
        return channel(l, 1, to);
    default: { /* oam, oamf4: segment or end to end */
        const struct test *no = to.no;
        to.no = vci(l, 4, to);
        to.yes = vci(l, 3, to);
        to.no = no;
        return lower_field(l, start, ATM_VPI, 1, 0xff, 0, to, "VPI");
    }
    }
}

/* ITU-T Q.703: the length indicator in bits 0 to 5; high-speed links (annex A) have nine bits. */
enum { LI_MASK = 0x3f, LSSU_MAX = 2, HSL_LI_MASK = 0xff80, HSL_LSSU_MAX = 2 << 7 };

/* Where MTP2 begins, by link type: behind two sequence numbers, which are counted in. */
static u32 mtp2_offset(const struct layout *at)
{
    switch (at->link->linktype) {
    case LINKTYPE_MTP2_WITH_PHDR: return 4;
    case LINKTYPE_ERF: return 20;
    default: return 0;
    }
}

static const struct test *signal_unit(struct lower *l, const struct layout *at, enum cell cell,
                                      struct exits to)
{
    u32 mtp2 = mtp2_offset(at);
    bool fast = cell >= CELL_HFISU;
    const struct value *field = fast ? lower_load(l, start, mtp2 + 4, 2) : lower_load(l, start, mtp2 + 2, 1);
    const struct value *li = ir_alu(l->ir, ALU_AND, field, ir_const(l->ir, fast ? HSL_LI_MASK : LI_MASK));
    u32 lssu_max = fast ? HSL_LSSU_MAX : LSSU_MAX;
    const char *what = "length indicator of the signal unit";

    switch (cell) {
    case CELL_FISU:
    case CELL_HFISU: return lower_is(l, CMP_EQ, li, 0, to, what);
    case CELL_MSU:
    case CELL_HMSU: return lower_is(l, CMP_GT, li, lssu_max, to, what);
    default:
        to.yes = lower_is(l, CMP_GT, li, lssu_max, swapped(to), what);
        return lower_is(l, CMP_GT, li, 0, to, what);
    }
}

const struct test *lower_cell(struct lower *l, const struct layout *at, enum cell cell, struct exits to)
{
    static const char *const words[] = {
        [CELL_LANE] = "lane",       [CELL_METAC] = "metac",     [CELL_BCC] = "bcc",
        [CELL_OAM] = "oam",         [CELL_OAMF4] = "oamf4",     [CELL_OAMF4SC] = "oamf4sc",
        [CELL_OAMF4EC] = "oamf4ec", [CELL_SC] = "sc",           [CELL_ILMIC] = "ilmic",
        [CELL_CONNECTMSG] = "connectmsg", [CELL_METACONNECT] = "metaconnect",
        [CELL_FISU] = "fisu",       [CELL_LSSU] = "lssu",       [CELL_MSU] = "msu",
        [CELL_HFISU] = "hfisu",     [CELL_HLSSU] = "hlssu",     [CELL_HMSU] = "hmsu",
    };
    if (cell >= CELL_FISU) {
        if ((at->link->features & FEATURE_SS7) == 0)
            return lower_fail_link(l, "'%s' supported only on MTP2", words[cell]);
        return signal_unit(l, at, cell, to);
    }
    if ((at->link->features & FEATURE_ATM) == 0)
        return lower_fail_link(l, "'%s' supported only on raw ATM", words[cell]);
    return atm_cell(l, cell, to);
}

/*
 * ITU-T Q.704, figure 3: SIO, then the routing label, whose 14-bit point codes are little-endian.
 * A number is brought into the order of the packet instead of the other way round, which is right
 * for equality; as in libpcap, < and > compare what results.
 */
struct number_field {
    const char *word;
    u8 offset, size, ss7;
    u32 mask;
};

static const struct number_field number_fields[] = {
    [FIELD_VPI] = { "vpi", ATM_VPI, 1, 0, 0xff },
    [FIELD_VCI] = { "vci", ATM_VCI, 2, 0, 0xffff },
    [FIELD_SIO] = { "sio", 3, 1, 1, 0xff },
    [FIELD_OPC] = { "opc", 4, 4, 1, 0x00c0ff0f },
    [FIELD_DPC] = { "dpc", 4, 4, 1, 0xff3f0000 },
    [FIELD_SLS] = { "sls", 7, 1, 1, 0xf0 },
    [FIELD_HSIO] = { "hsio", 6, 1, 1, 0xff },
    [FIELD_HOPC] = { "hopc", 7, 4, 1, 0x00c0ff0f },
    [FIELD_HDPC] = { "hdpc", 7, 4, 1, 0xff3f0000 },
    [FIELD_HSLS] = { "hsls", 10, 1, 1, 0xf0 },
};

static u32 in_packet_order(enum field field, u32 number)
{
    switch (field) {
    case FIELD_OPC:
    case FIELD_HOPC: return (number & 0x3) << 22 | (number & 0x3fc) << 6 | (number & 0x3c00) >> 10;
    case FIELD_DPC:
    case FIELD_HDPC: return (number & 0xff) << 24 | (number & 0x3f00) << 8;
    case FIELD_SLS:
    case FIELD_HSLS: return number << 4;
    default: return number;
    }
}

const struct test *lower_number_field(struct lower *l, const struct layout *at, const struct ast *n,
                                      struct exits to)
{
    const struct number_field *f = &number_fields[n->field.field];
    if (f->ss7 && (at->link->features & FEATURE_SS7) == 0)
        return lower_fail_link(l, "'%s' supported only on SS7", f->word);
    if (!f->ss7 && (at->link->features & FEATURE_ATM) == 0)
        return lower_fail_link(l, "'%s' supported only on raw ATM", f->word);

    u32 offset = f->offset + (f->ss7 ? mtp2_offset(at) : 0);
    const struct value *mask = ir_const(l->ir, f->mask);
    const struct value *value = ir_alu(l->ir, ALU_AND, lower_load(l, start, offset, f->size), mask);
    return lower_relation(l, n->field.relation, value,
                          ir_const(l->ir, in_packet_order(n->field.field, n->field.number)), to);
}

/* pflog(4): struct pfloghdr. */
enum { PF_ACTION_AT = 2, PF_REASON_AT = 3, PF_IFNAME_AT = 4, PF_RULESET_AT = 20, PF_RULE_AT = 36,
       PF_SUBRULE_AT = 40, PF_NAME_MAX = 15 };

const struct test *lower_pf(struct lower *l, const struct layout *at, const struct ast *n, struct exits to)
{
    static const struct {
        const char *word, *names;
        u8 offset, size;
    } rows[] = {
        [PF_IFNAME] = { "ifname", "ifname interface", PF_IFNAME_AT, 0 },
        [PF_RULESET] = { "ruleset", "ruleset", PF_RULESET_AT, 0 },
        [PF_RULE] = { "rnr", "", PF_RULE_AT, 4 },
        [PF_SUBRULE] = { "srnr", "", PF_SUBRULE_AT, 4 },
        [PF_REASON] = { "reason", "", PF_REASON_AT, 1 },
        [PF_ACTION] = { "action", "", PF_ACTION_AT, 1 },
    };
    enum pf_field field = n->pf.field;
    const char *what = "header of the packet filter's log";

    if ((at->link->features & FEATURE_PF) == 0)
        return lower_fail_link(l, "%s supported only on PF linktype", rows[field].word);
    if (rows[field].size > 0)
        return lower_field(l, start, rows[field].offset, rows[field].size, 0xffffffff, n->pf.number,
                           to, what);
    if (n->pf.name.len > PF_NAME_MAX)
        return lower_fail(l, "%s names can only be %d characters", rows[field].names, PF_NAME_MAX);
    return lower_bytes(l, start, rows[field].offset, n->pf.name.p, (u32)n->pf.name.len, to, what);
}
