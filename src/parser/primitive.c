/* Primitives that begin with a word of their own, and the addresses behind qualifiers. */
#include "base/format.h"
#include "base/mem.h"
#include "parser/names.h"
#include "parser/parse.h"

enum { LEAVES_FIRST = 64 };

struct ast *parse_leaf(struct parser *p, enum ast_kind kind, u32 beg)
{
    struct ast *leaf = arena_new(p->arena, struct ast, 1);
    if (leaf != NULL && p->leaf_count == p->leaf_room) {
        u32 room = p->leaf_room > 0 ? p->leaf_room * 2 : LEAVES_FIRST;
        struct ast **more = arena_raw(p->arena, struct ast *, room);
        if (more != NULL && p->leaf_count > 0)
            memcpy(more, p->leaves, p->leaf_count * sizeof *more);
        p->leaves = more;
        p->leaf_room = room;
    }
    if (leaf == NULL || p->leaves == NULL) {
        diag_fail(p->diag, parse_span(p, beg), "filter too large");
        return NULL;
    }
    leaf->kind = kind;
    leaf->at = parse_span(p, beg);
    leaf->leaf = p->leaf_count;
    p->leaves[p->leaf_count++] = leaf;
    return leaf;
}

/* pnum = NUMBER | "(" pnum ")" */
static bool number_in_brackets(struct parser *p, u32 *number)
{
    u32 open = 0;
    while (parse_take(p, TOKEN_LPAREN))
        open++;
    *number = p->token.number;
    bool fine = parse_expect(p, TOKEN_NUMBER);
    while (fine && open-- > 0)
        fine = parse_expect(p, TOKEN_RPAREN);
    return fine;
}

/* encap = ( "vlan" | "mpls" | "pppoes" | "geneve" | "vxlan" ) [ pnum ] | "pppoed" */
static struct ast *encap(struct parser *p, u32 beg)
{
    static const struct {
        u16 word;
        u8 kind;
        u32 max; /* of the number behind it; 0 when it takes none */
        const char *what;
    } rows[] = {
        { WORD_VLAN, ENCAP_VLAN, 4095, "VLAN tag" },
        { WORD_MPLS, ENCAP_MPLS, 1048575, "MPLS label" },
        { WORD_PPPOED, ENCAP_PPPOED, 0, "" },
        { WORD_PPPOES, ENCAP_PPPOES, 65535, "PPPoE session number" },
        { WORD_GENEVE, ENCAP_GENEVE, 16777215, "Geneve VNI" },
        { WORD_VXLAN, ENCAP_VXLAN, 16777215, "VXLAN VNI" },
    };
    size_t i = 0;
    while (rows[i].word != p->token.word)
        i++;
    parse_next(p);
    struct span at = p->token.at;
    u32 number = 0;
    bool has_number = rows[i].max > 0 && (p->token.kind == TOKEN_NUMBER || p->token.kind == TOKEN_LPAREN);
    if (has_number && !number_in_brackets(p, &number))
        return NULL;
    if (has_number && number > rows[i].max) {
        diag_fail(p->diag, at, "%s %u greater than maximum %u", rows[i].what, number, rows[i].max);
        return NULL;
    }
    struct ast *leaf = parse_leaf(p, AST_ENCAP, beg);
    if (leaf != NULL) {
        leaf->encap.kind = (enum encap)rows[i].kind;
        leaf->encap.has_number = has_number;
        leaf->encap.number = number;
    }
    return leaf;
}

/* less = ( "less" | "greater" ) NUMBER */
static struct ast *length(struct parser *p, u32 beg)
{
    bool greater = p->token.word == WORD_GREATER;
    parse_next(p);
    u32 number = p->token.number;
    struct ast *leaf = parse_expect(p, TOKEN_NUMBER) ? parse_leaf(p, AST_LENGTH, beg) : NULL;
    if (leaf != NULL) {
        leaf->length.greater = greater;
        leaf->length.number = number;
    }
    return leaf;
}

/* byte = "byte" NUMBER ( "<" | ">" | "=" | "&" | "|" ) NUMBER */
static struct ast *byte(struct parser *p, u32 beg)
{
    char op;
    parse_next(p);
    u32 offset = p->token.number;
    if (!parse_expect(p, TOKEN_NUMBER))
        return NULL;
    switch (p->token.kind) {
    case TOKEN_LT: op = '<'; break;
    case TOKEN_GT: op = '>'; break;
    case TOKEN_EQ: op = '='; break;
    case TOKEN_AMP: op = '&'; break;
    case TOKEN_BAR: op = '|'; break;
    default: parse_fail(p); return NULL;
    }
    parse_next(p);
    struct token number = p->token;
    if (!parse_expect(p, TOKEN_NUMBER))
        return NULL;
    if (number.number > 255) {
        diag_fail(p->diag, number.at, "byte argument %u greater than maximum 255", number.number);
        return NULL;
    }
    struct ast *leaf = parse_leaf(p, AST_BYTE, beg);
    if (leaf != NULL) {
        leaf->byte.offset = offset;
        leaf->byte.op = op;
        leaf->byte.number = number.number;
    }
    return leaf;
}

/* A failure at a name, with the names that would do. */
static struct ast *unknown_name(struct parser *p, enum name_list list, const char *what)
{
    char all[160];
    struct out o = out_fixed(all, sizeof all);
    for (size_t i = 0; name_at(list, i) != NULL; i++)
        out_format(&o, "%s%s", i > 0 ? " " : "", name_at(list, i));
    struct str text = out_text(&o);
    diag_fail(p->diag, p->token.at, "%s \"%pS\"", what, (const void *)&p->token.text);
    diag_hint(p->diag, "one of: %pS%s", (const void *)&text, out_cut(&o) ? " ..." : "");
    return NULL;
}

/* Takes a number, or a name of the list; false after an error. */
static bool number_or_name(struct parser *p, enum name_list list, const char *what, u32 *value)
{
    *value = p->token.number;
    if (parse_take(p, TOKEN_NUMBER))
        return true;
    if (p->token.kind != TOKEN_NAME) {
        parse_fail(p);
        return false;
    }
    if (!name_value(list, p->token.text, value)) {
        unknown_name(p, list, what);
        return false;
    }
    parse_next(p);
    return true;
}

/* pf = ( "ifname" | "ruleset" ) NAME | ( "rnr" | "srnr" ) NUMBER | "reason" ... | "action" NAME */
static struct ast *pf(struct parser *p, u32 beg)
{
    u32 number = 0;
    struct str name = STR_EMPTY;
    enum pf_field field = PF_IFNAME;
    enum word word = p->token.word;

    parse_next(p);
    switch (word) {
    case WORD_ON:
    case WORD_RSET:
        field = word == WORD_ON ? PF_IFNAME : PF_RULESET;
        name = p->token.text;
        if (!parse_expect(p, TOKEN_NAME))
            return NULL;
        break;
    case WORD_RNR:
    case WORD_SRNR:
        field = word == WORD_RNR ? PF_RULE : PF_SUBRULE;
        number = p->token.number;
        if (!parse_expect(p, TOKEN_NUMBER))
            return NULL;
        break;
    case WORD_REASON:
        field = PF_REASON;
        if (!number_or_name(p, NAMES_PF_REASONS, "unknown PF reason", &number))
            return NULL;
        break;
    default:
        field = PF_ACTION;
        if (p->token.kind != TOKEN_NAME) {
            parse_fail(p);
            return NULL;
        }
        if (!number_or_name(p, NAMES_PF_ACTIONS, "unknown PF action", &number))
            return NULL;
        break;
    }
    struct ast *leaf = parse_leaf(p, AST_PF, beg);
    if (leaf != NULL) {
        leaf->pf.field = field;
        leaf->pf.number = number;
        leaf->pf.name = name;
    }
    return leaf;
}

enum { WLAN_TYPE_BITS = 0x0c, WLAN_SUBTYPE_BITS = 0xf0, WLAN_TYPES = 3 };

/* The lists of subtypes, by type (0x00, 0x04, 0x08). */
static const u8 subtype_lists[WLAN_TYPES] = { NAMES_WLAN_MGT, NAMES_WLAN_CTL, NAMES_WLAN_DATA };

static struct ast *wlan_leaf(struct parser *p, u32 beg, u32 value, u32 mask)
{
    struct ast *leaf = parse_leaf(p, AST_WLAN, beg);
    if (leaf != NULL) {
        leaf->wlan.value = (u8)value;
        leaf->wlan.mask = (u8)mask;
    }
    return leaf;
}

/* wlan = "type" ( NUMBER | NAME ) [ "subtype" ( NUMBER | NAME ) ] */
static struct ast *wlan_type(struct parser *p, u32 beg)
{
    u32 type, subtype;
    parse_next(p);
    struct token token = p->token;
    if (!number_or_name(p, NAMES_WLAN_TYPE, "unknown 802.11 type name", &type))
        return NULL;
    if ((type & ~(u32)WLAN_TYPE_BITS) != 0) {
        diag_fail(p->diag, token.at, "invalid 802.11 type value %pS", (const void *)&token.text);
        return NULL;
    }
    if (p->token.word != WORD_SUBTYPE)
        return wlan_leaf(p, beg, type, WLAN_TYPE_BITS);

    parse_next(p);
    token = p->token;
    u32 row = type / 4; /* the type stands in bits 2 and 3 */
    if (token.kind == TOKEN_NAME && row >= WLAN_TYPES) {
        diag_fail(p->diag, token.at, "unknown 802.11 type");
        return NULL;
    }
    enum name_list list = (enum name_list)subtype_lists[row < WLAN_TYPES ? row : 0];
    if (!number_or_name(p, list, "unknown 802.11 subtype name", &subtype))
        return NULL;
    if ((subtype & ~(u32)WLAN_SUBTYPE_BITS) != 0) {
        diag_fail(p->diag, token.at, "invalid 802.11 subtype value %pS", (const void *)&token.text);
        return NULL;
    }
    return wlan_leaf(p, beg, type | subtype, WLAN_TYPE_BITS | WLAN_SUBTYPE_BITS);
}

/* wlan = "subtype" NAME */
static struct ast *wlan_subtype(struct parser *p, u32 beg)
{
    parse_next(p);
    for (u32 row = 0; p->token.kind == TOKEN_NAME && row < WLAN_TYPES; row++) {
        u32 subtype;
        if (name_value((enum name_list)subtype_lists[row], p->token.text, &subtype)) {
            parse_next(p);
            return wlan_leaf(p, beg, row * 4 | subtype, WLAN_TYPE_BITS | WLAN_SUBTYPE_BITS);
        }
    }
    if (p->token.kind == TOKEN_NAME)
        diag_fail(p->diag, p->token.at, "unknown 802.11 type name \"%pS\"", (const void *)&p->token.text);
    else
        parse_fail(p);
    return NULL;
}

/* wlan = "dir" ( NUMBER | NAME ) */
static struct ast *wlan_dir(struct parser *p, u32 beg)
{
    u32 number;
    parse_next(p);
    if (!number_or_name(p, NAMES_WLAN_DIR, "unknown 802.11 direction", &number))
        return NULL;
    struct ast *leaf = parse_leaf(p, AST_WLAN_DIR, beg);
    if (leaf != NULL)
        leaf->number = number;
    return leaf;
}

/* llc = "llc" [ NAME | "rnr" ] */
static struct ast *llc(struct parser *p, u32 beg)
{
    u32 value = 0;
    char class = 0;
    parse_next(p);
    if (p->token.word == WORD_RNR || p->token.kind == TOKEN_NAME) {
        /* "rnr" is also a word of pf's logs, and has another spelling there. */
        struct str name = p->token.word == WORD_RNR ? str_of("rnr") : p->token.text;
        if (name_value(NAMES_LLC_CLASS, name, &value))
            class = (char)value;
        else if (name_value(NAMES_LLC_S, name, &value))
            class = 'S';
        else if (name_value(NAMES_LLC_U, name, &value))
            class = 'U';
        else {
            diag_fail(p->diag, p->token.at, "unknown LLC type name \"%pS\"", (const void *)&p->token.text);
            diag_hint(p->diag, "one of: i s u rr rnr rej ui ua disc dm sabme test xid frmr");
            return NULL;
        }
        parse_next(p);
    }
    struct ast *leaf = parse_leaf(p, AST_LLC, beg);
    if (leaf != NULL) {
        leaf->llc.class = class;
        leaf->llc.value = (u8)value;
    }
    return leaf;
}

struct field_row {
    u16 word;
    u16 max;
};

/* In the order of enum field. */
static const struct field_row fields[] = {
    [FIELD_VPI] = { WORD_VPI, 255 },     [FIELD_VCI] = { WORD_VCI, 65535 },
    [FIELD_SIO] = { WORD_SIO, 255 },     [FIELD_OPC] = { WORD_OPC, 16383 },
    [FIELD_DPC] = { WORD_DPC, 16383 },   [FIELD_SLS] = { WORD_SLS, 15 },
    [FIELD_HSIO] = { WORD_HSIO, 255 },   [FIELD_HOPC] = { WORD_HOPC, 16383 },
    [FIELD_HDPC] = { WORD_HDPC, 16383 }, [FIELD_HSLS] = { WORD_HSLS, 15 },
};

/* One comparison of a field with the number that comes next. */
static struct ast *field_value(struct parser *p, enum field field, enum relation relation, u32 beg)
{
    struct token number = p->token;
    if (!parse_expect(p, TOKEN_NUMBER))
        return NULL;
    if (number.number > fields[field].max) {
        diag_fail(p->diag, number.at, "%s value %u greater than maximum %u",
                  lex_word_text((enum word)fields[field].word), number.number, (u32)fields[field].max);
        return NULL;
    }
    struct ast *leaf = parse_leaf(p, AST_FIELD, beg);
    if (leaf != NULL) {
        leaf->field.field = field;
        leaf->field.relation = relation;
        leaf->field.number = number.number;
    }
    return leaf;
}

/* field = word ( [ relation ] NUMBER | "(" NUMBER { "or" NUMBER } ")" ) */
static struct ast *field(struct parser *p, enum field field, u32 beg)
{
    parse_next(p);
    if (parse_at_relation(p)) {
        enum relation relation = parse_relation(p);
        return field_value(p, field, relation, beg);
    }
    if (!parse_take(p, TOKEN_LPAREN))
        return field_value(p, field, REL_EQ, beg);

    struct ast *first = field_value(p, field, REL_EQ, beg), *list = NULL;
    while (first != NULL && parse_take(p, TOKEN_OR)) {
        struct ast *more = field_value(p, field, REL_EQ, p->token.at.beg);
        if (more == NULL)
            return NULL;
        if (list == NULL) {
            list = arena_new(p->arena, struct ast, 1);
            if (list == NULL)
                return NULL;
            list->kind = AST_OR;
            list->list.first = list->list.last = first;
            list->list.count = 1;
            first->up = list;
        }
        more->up = list;
        more->prev = list->list.last;
        list->list.last->next = more;
        list->list.last = more;
        list->list.count++;
    }
    if (first == NULL || !parse_expect(p, TOKEN_RPAREN))
        return NULL;
    if (list != NULL)
        list->at = parse_span(p, beg);
    return list != NULL ? list : first;
}

/* A word that is a whole primitive; -1 when it is none of these. */
static int cell_of(enum word word)
{
    static const u16 words[] = {
        [CELL_LANE] = WORD_LANE,       [CELL_METAC] = WORD_METAC,
        [CELL_BCC] = WORD_BCC,         [CELL_OAM] = WORD_OAM,
        [CELL_OAMF4] = WORD_OAMF4,     [CELL_OAMF4SC] = WORD_OAMF4SC,
        [CELL_OAMF4EC] = WORD_OAMF4EC, [CELL_SC] = WORD_SC,
        [CELL_ILMIC] = WORD_ILMIC,     [CELL_CONNECTMSG] = WORD_CONNECTMSG,
        [CELL_METACONNECT] = WORD_METACONNECT,
        [CELL_FISU] = WORD_FISU,       [CELL_LSSU] = WORD_LSSU,
        [CELL_MSU] = WORD_MSU,         [CELL_HFISU] = WORD_HFISU,
        [CELL_HLSSU] = WORD_HLSSU,     [CELL_HMSU] = WORD_HMSU,
    };
    for (size_t i = 0; i < countof(words); i++)
        if (words[i] == word)
            return (int)i;
    return -1;
}

/* other = ... one case for each word that may begin it */
struct ast *parse_other(struct parser *p, enum q_proto proto, u32 beg)
{
    struct ast *leaf = NULL;
    enum word word = p->token.word;

    switch (word) {
    case WORD_BROADCAST:
    case WORD_MULTICAST:
        parse_next(p);
        leaf = parse_leaf(p, word == WORD_BROADCAST ? AST_BROADCAST : AST_MULTICAST, beg);
        if (leaf != NULL)
            leaf->proto = proto;
        return leaf;
    case WORD_TYPE: return wlan_type(p, beg);
    case WORD_SUBTYPE: return wlan_subtype(p, beg);
    case WORD_DIRECTION: return wlan_dir(p, beg);
    default: break;
    }
    if (proto != Q_ANY)
        return NULL;

    switch (word) {
    case WORD_LESS:
    case WORD_GREATER: return length(p, beg);
    case WORD_BYTE: return byte(p, beg);
    case WORD_INBOUND:
    case WORD_OUTBOUND:
        parse_next(p);
        return parse_leaf(p, word == WORD_INBOUND ? AST_INBOUND : AST_OUTBOUND, beg);
    case WORD_IFINDEX: {
        parse_next(p);
        u32 number = p->token.number;
        leaf = parse_expect(p, TOKEN_NUMBER) ? parse_leaf(p, AST_IFINDEX, beg) : NULL;
        if (leaf != NULL)
            leaf->number = number;
        return leaf;
    }
    case WORD_VLAN:
    case WORD_MPLS:
    case WORD_PPPOED:
    case WORD_PPPOES:
    case WORD_GENEVE:
    case WORD_VXLAN: return encap(p, beg);
    case WORD_ON:
    case WORD_RSET:
    case WORD_RNR:
    case WORD_SRNR:
    case WORD_REASON:
    case WORD_ACTION: return pf(p, beg);
    case WORD_LLC: return llc(p, beg);
    default: break;
    }

    for (size_t i = 0; i < countof(fields); i++)
        if (fields[i].word == word)
            return field(p, (enum field)i, beg);
    int cell = word != WORD_NONE ? cell_of(word) : -1;
    if (cell >= 0) {
        parse_next(p);
        leaf = parse_leaf(p, AST_CELL, beg);
        if (leaf != NULL)
            leaf->cell = (enum cell)cell;
    }
    return leaf;
}

/* A match with the qualifiers that hold here, which may be none. */
static struct ast *match(struct parser *p, const struct operand *id, bool inherited)
{
    if (!p->last.known) {
        diag_fail(p->diag, id->at, "syntax error in filter expression");
        if (!parse_hint_display(p, id->at.beg))
            diag_hint(p->diag, "no word on its left says what '%pS' is", (const void *)&id->text);
        return NULL;
    }
    struct ast *leaf = parse_leaf(p, AST_MATCH, id->at.beg);
    if (leaf == NULL)
        return NULL;
    leaf->at = id->at;
    leaf->match = (struct match){ .proto = p->last.proto, .dir = p->last.dir, .type = p->last.type,
                                  .inherited = inherited, .id = *id };
    return leaf;
}

struct ast *parse_number_id(struct parser *p, u32 number, struct span at, bool inherited)
{
    struct operand id = { .kind = OPERAND_NUMBER, .number = number, .at = at };
    id.text = str_make(p->lexer.text.p + at.beg, at.end - at.beg);
    return match(p, &id, inherited);
}

/* id = NAME | MAC | MAC8 | IP6 [ "/" NUMBER ] | IP4 [ "/" NUMBER | "mask" IP4 ] */
struct ast *parse_id(struct parser *p, bool inherited)
{
    struct operand id = { .number = p->token.number, .parts = p->token.parts, .at = p->token.at,
                          .text = p->token.text };
    memcpy(id.bytes, p->token.bytes, sizeof id.bytes);
    switch (p->token.kind) {
    case TOKEN_NAME: id.kind = OPERAND_NAME; break;
    case TOKEN_IP4: id.kind = OPERAND_IP4; break;
    case TOKEN_IP6: id.kind = OPERAND_IP6; break;
    case TOKEN_MAC: id.kind = OPERAND_MAC; break;
    case TOKEN_MAC8: id.kind = OPERAND_MAC8; break;
    default: return NULL;
    }
    parse_next(p);
    if ((id.kind == OPERAND_IP4 || id.kind == OPERAND_IP6) && parse_take(p, TOKEN_SLASH)) {
        id.mask_kind = MASK_LENGTH;
        id.mask = p->token.number;
        if (!parse_expect(p, TOKEN_NUMBER))
            return NULL;
    } else if (id.kind == OPERAND_IP4 && p->token.word == WORD_MASK) {
        parse_next(p);
        id.mask_kind = MASK_ADDRESS;
        id.mask = p->token.number;
        id.mask_parts = p->token.parts;
        if (!parse_expect(p, TOKEN_IP4))
            return NULL;
    }
    id.at = parse_span(p, id.at.beg);
    if (id.mask_kind != MASK_NONE)
        id.text = str_make(p->lexer.text.p + id.at.beg, id.at.end - id.at.beg);
    return match(p, &id, inherited);
}
