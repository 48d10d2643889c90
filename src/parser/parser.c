/*
 * The grammar, rule by rule.
 *
 * One difficulty shapes this file: behind `and`, `or`, `not` and "(" a number may begin an
 * address (`port 80 or 443`) or a comparison (`port 80 or 443 < len`), and only what follows
 * tells.  So the functions below return what they have found so far, and their caller decides.
 */
#include "parser/parser.h"

#include "base/mem.h"
#include "parser/parse.h"

enum found {
    FOUND_NOTHING, /* an error is recorded */
    FOUND_TERM,    /* a complete primitive, or more of them in brackets */
    FOUND_ID,      /* an address, with inherited qualifiers */
    FOUND_NUMBER,  /* a number, also in brackets, that may become one or the other */
    FOUND_ARITH,   /* arithmetic that still needs a relation */
};

struct element {
    enum found found;
    bool list;                /* FOUND_ID: several in brackets, which may not begin another list */
    struct ast *node;         /* FOUND_TERM, FOUND_ID */
    const struct arith *arith; /* FOUND_NUMBER, FOUND_ARITH */
};

/* What may stand at a place. */
enum mode {
    TERMS,  /* complete primitives only: nothing to inherit from */
    BOTH,   /* behind and, or: also bare addresses */
    IDS,    /* behind qualifiers, and in a list of addresses: nothing but addresses */
};

static const struct element nothing = { .found = FOUND_NOTHING };

void parse_next(struct parser *p)
{
    p->end = p->token.at.end;
    lex_next(&p->lexer, &p->token);
}

bool parse_take(struct parser *p, enum token_kind kind)
{
    if (p->token.kind != kind)
        return false;
    parse_next(p);
    return true;
}

bool parse_expect(struct parser *p, enum token_kind kind)
{
    if (parse_take(p, kind))
        return true;
    if (kind == TOKEN_RPAREN && p->token.kind == TOKEN_END)
        parse_fail_hint(p, "a \")\" is missing");
    else if (kind == TOKEN_RBRACKET && p->token.kind == TOKEN_END)
        parse_fail_hint(p, "a \"]\" is missing");
    else if (kind == TOKEN_NUMBER && p->token.kind == TOKEN_NAME)
        parse_fail_hint(p, "a number stands here");
    else
        parse_fail(p);
    return false;
}

void parse_fail(struct parser *p)
{
    if (p->diag->set)
        return;
    diag_fail(p->diag, p->token.at, "can't parse filter expression: syntax error");
    parse_hint(p);
}

void parse_fail_hint(struct parser *p, const char *hint)
{
    if (p->diag->set)
        return;
    diag_fail(p->diag, p->token.at, "can't parse filter expression: syntax error");
    diag_hint(p->diag, "%s", hint);
}

bool parse_enter(struct parser *p)
{
    if (++p->depth <= PARSE_DEPTH_MAX)
        return true;
    diag_fail(p->diag, p->token.at, "can't parse filter expression: nested more than %d levels deep",
              PARSE_DEPTH_MAX);
    return false;
}

void parse_leave(struct parser *p)
{
    p->depth--;
}

struct span parse_span(const struct parser *p, u32 beg)
{
    return (struct span){ beg, p->end };
}

enum q_proto parse_proto(enum word word)
{
    static const u8 protos[] = {
        [WORD_LINK] = Q_LINK,     [WORD_IP] = Q_IP,         [WORD_IP6] = Q_IP6,
        [WORD_ARP] = Q_ARP,       [WORD_RARP] = Q_RARP,     [WORD_TCP] = Q_TCP,
        [WORD_UDP] = Q_UDP,       [WORD_SCTP] = Q_SCTP,     [WORD_ICMP] = Q_ICMP,
        [WORD_ICMP6] = Q_ICMP6,   [WORD_IGMP] = Q_IGMP,     [WORD_IGRP] = Q_IGRP,
        [WORD_PIM] = Q_PIM,       [WORD_VRRP] = Q_VRRP,     [WORD_CARP] = Q_CARP,
        [WORD_AH] = Q_AH,         [WORD_ESP] = Q_ESP,       [WORD_ATALK] = Q_ATALK,
        [WORD_AARP] = Q_AARP,     [WORD_DECNET] = Q_DECNET, [WORD_LAT] = Q_LAT,
        [WORD_SCA] = Q_SCA,       [WORD_MOPRC] = Q_MOPRC,   [WORD_MOPDL] = Q_MOPDL,
        [WORD_STP] = Q_STP,       [WORD_IPX] = Q_IPX,       [WORD_NETBEUI] = Q_NETBEUI,
        [WORD_ISO] = Q_ISO,       [WORD_ESIS] = Q_ESIS,     [WORD_ISIS] = Q_ISIS,
        [WORD_CLNP] = Q_CLNP,     [WORD_L1] = Q_L1,         [WORD_L2] = Q_L2,
        [WORD_IIH] = Q_IIH,       [WORD_LSP] = Q_LSP,       [WORD_SNP] = Q_SNP,
        [WORD_CSNP] = Q_CSNP,     [WORD_PSNP] = Q_PSNP,     [WORD_RADIO] = Q_RADIO,
    };
    return word < countof(protos) ? (enum q_proto)protos[word] : Q_ANY;
}

static struct element term(struct ast *node)
{
    return node != NULL ? (struct element){ .found = FOUND_TERM, .node = node } : nothing;
}

static struct element fail(struct parser *p)
{
    parse_fail(p);
    return nothing;
}

/* The same behind something complete, which may be a number that is compared with nothing. */
static struct element fail_behind(struct parser *p, struct element e)
{
    enum token_kind kind = p->token.kind;

    if (e.found == FOUND_ARITH &&
        (kind == TOKEN_END || kind == TOKEN_AND || kind == TOKEN_OR || kind == TOKEN_RPAREN))
        parse_fail_hint(p, "a comparison is missing, such as \"!= 0\"");
    return fail(p);
}

static struct element sequence(struct parser *p, enum mode mode);
static struct element operand(struct parser *p, enum mode mode);

/* compare = arith relation arith      behind its left side */
static struct element comparison(struct parser *p, const struct arith *left)
{
    enum relation relation = parse_relation(p);
    const struct arith *right = parse_arith(p);
    struct ast *leaf = right != NULL ? parse_leaf(p, AST_COMPARE, left->at.beg) : NULL;
    if (leaf != NULL) {
        leaf->compare.relation = relation;
        leaf->compare.left = left;
        leaf->compare.right = right;
    }
    p->last.known = false;
    return term(leaf);
}

/* What arithmetic turns out to be once the token behind it is known. */
static struct element arithmetic(struct parser *p, const struct arith *left, enum found found)
{
    if (left == NULL)
        return nothing;
    if (parse_at_operator(p)) {
        left = parse_arith_rest(p, left);
        found = FOUND_ARITH;
    }
    if (left != NULL && parse_at_relation(p))
        return comparison(p, left);
    return left != NULL ? (struct element){ .found = found, .arith = left } : nothing;
}

/* A number that stood where it can only be an address. */
static struct element number_to_id(struct parser *p, struct element e)
{
    struct span at = e.arith->at;
    struct ast *node = parse_number_id(p, e.arith->number, at, true);
    return node != NULL ? (struct element){ .found = FOUND_ID, .node = node } : nothing;
}

/* brackets = "(" sequence ")" */
static struct element brackets(struct parser *p, enum mode mode)
{
    struct qualifiers before = p->last;
    u32 beg = p->token.at.beg;

    if (!parse_enter(p))
        return nothing;
    parse_next(p);
    struct element e = sequence(p, mode);
    if (e.found == FOUND_NOTHING || !parse_expect(p, TOKEN_RPAREN))
        return nothing;
    parse_leave(p);
    switch (e.found) {
    case FOUND_TERM: p->last = before; break; /* what the inside said is forgotten */
    case FOUND_ID:
        if (e.list)
            return fail(p);
        e.list = true;
        break;
    default:
        if (mode != IDS)
            return arithmetic(p, e.arith, e.found);
        break;
    }
    if (e.node != NULL && e.node->kind <= AST_NOT)
        e.node->at = parse_span(p, beg);
    return e;
}

/* type = "host" | "net" | "port" | "portrange"; TYPE_ANY when there is none */
static enum q_type type_word(struct parser *p)
{
    enum q_type type;
    switch (p->token.word) {
    case WORD_HOST: type = TYPE_HOST; break;
    case WORD_NET: type = TYPE_NET; break;
    case WORD_PORT: type = TYPE_PORT; break;
    case WORD_PORTRANGE: type = TYPE_PORTRANGE; break;
    default: return TYPE_ANY;
    }
    parse_next(p);
    return type;
}

/* dir = "src" [ ("or" | "and") "dst" ] | "dst" [ ("or" | "and") "src" ] | "ra" | "ta" | "addr1" ... */
static enum q_dir dir_words(struct parser *p)
{
    enum q_dir dir;
    enum word other = WORD_NONE;

    switch (p->token.word) {
    case WORD_SRC: dir = DIR_SRC; other = WORD_DST; break;
    case WORD_DST: dir = DIR_DST; other = WORD_SRC; break;
    case WORD_ADDRESS1: dir = DIR_ADDR1; break;
    case WORD_ADDRESS2: dir = DIR_ADDR2; break;
    case WORD_ADDRESS3: dir = DIR_ADDR3; break;
    case WORD_ADDRESS4: dir = DIR_ADDR4; break;
    case WORD_RA: dir = DIR_RA; break;
    case WORD_TA: dir = DIR_TA; break;
    default: return DIR_ANY;
    }
    parse_next(p);
    if (other != WORD_NONE && (p->token.kind == TOKEN_AND || p->token.kind == TOKEN_OR)) {
        dir = p->token.kind == TOKEN_AND ? DIR_AND : DIR_OR;
        parse_next(p);
        if (p->token.word != other)
            parse_fail(p);
        else
            parse_next(p);
    }
    return dir;
}

/* head = [ proto ] ( dir [ type ] | type | "proto" | "protochain" | "gateway" )   behind proto */
static bool head(struct parser *p, enum q_proto proto)
{
    struct qualifiers q = { .known = true, .proto = proto };

    q.dir = dir_words(p);
    q.type = type_word(p);
    if (q.dir == DIR_ANY && q.type == TYPE_ANY) {
        switch (p->token.word) {
        case WORD_PROTO: q.type = TYPE_PROTO; break;
        case WORD_PROTOCHAIN: q.type = TYPE_PROTOCHAIN; break;
        case WORD_GATEWAY: q.type = TYPE_GATEWAY; break;
        default: return false;
        }
        parse_next(p);
    } else {
        /* What is not said is said here, so that every primitive is complete. */
        q.dir = q.dir == DIR_ANY ? DIR_OR : q.dir;
        q.type = q.type == TYPE_ANY ? TYPE_HOST : q.type;
    }
    p->last = q;
    return true;
}

/*
 * term = head id | other | proto | compare
 *
 * `other` and `proto` leave nothing to inherit.
 */
static struct element primitive(struct parser *p)
{
    u32 beg = p->token.at.beg;
    enum q_proto proto = parse_proto(p->token.word);

    if (proto != Q_ANY)
        parse_next(p);
    if ((proto != Q_ANY && p->token.kind == TOKEN_LBRACKET) ||
        (proto == Q_ANY && (p->token.word == WORD_LEN || p->token.kind == TOKEN_MINUS)))
        return arithmetic(p, parse_arith_term(p, proto, beg), FOUND_ARITH);
    if (head(p, proto)) {
        struct element e = p->diag->set ? nothing : operand(p, IDS);
        if (e.found == FOUND_NUMBER)
            e = number_to_id(p, e);
        if (e.found == FOUND_NOTHING)
            return nothing;
        if (e.node->kind == AST_MATCH) {
            e.node->match.inherited = false;
            e.node->at.beg = beg;
        }
        return term(e.node);
    }

    p->last.known = false;
    struct ast *leaf = parse_other(p, proto, beg);
    if (leaf == NULL && proto != Q_ANY && !p->diag->set) {
        leaf = parse_leaf(p, AST_PROTOCOL, beg);
        if (leaf != NULL)
            leaf->proto = proto;
    }
    if (leaf == NULL)
        return fail(p);
    return term(leaf);
}

/*
 * operand = "not" operand | "(" sequence ")" | NUMBER | id | term
 *
 * A chain of `not` is a loop: two of them are none.
 */
static struct element operand(struct parser *p, enum mode mode)
{
    bool negate = false, any = false;
    u32 beg = p->token.at.beg;
    struct element e;

    while (parse_take(p, TOKEN_NOT)) {
        negate = !negate;
        any = true;
    }
    switch (p->token.kind) {
    case TOKEN_LPAREN: e = brackets(p, mode); break;
    case TOKEN_NUMBER: {
        const struct arith *number = parse_arith_number(p, p->token.number, p->token.at);
        parse_next(p);
        if (number == NULL)
            return nothing;
        e = (struct element){ .found = FOUND_NUMBER, .arith = number };
        if (mode != IDS)
            e = arithmetic(p, number, FOUND_NUMBER);
        break;
    }
    case TOKEN_NAME:
    case TOKEN_IP4:
    case TOKEN_IP6:
    case TOKEN_MAC:
    case TOKEN_MAC8:
        if (mode == TERMS)
            return fail(p);
        e = (struct element){ .found = FOUND_ID, .node = parse_id(p, true) };
        if (e.node == NULL)
            return fail(p);
        break;
    default:
        if (mode == IDS)
            return fail(p);
        e = primitive(p);
        break;
    }
    if (!any || e.found == FOUND_NOTHING)
        return e;

    if (e.found == FOUND_NUMBER && mode != TERMS)
        e = number_to_id(p, e);
    if (e.found != FOUND_TERM && e.found != FOUND_ID)
        return e.found == FOUND_NOTHING ? nothing : fail_behind(p, e);
    e.list = false;
    if (!negate)
        return e;
    struct ast *not = arena_new(p->arena, struct ast, 1);
    if (not == NULL)
        return nothing;
    not->kind = AST_NOT;
    not->at = parse_span(p, beg);
    not->child = e.node;
    e.node->up = not;
    e.node = not;
    return e;
}

/* The list that `left` and `right` make: `left` itself when it already is one of this kind. */
static struct ast *join(struct parser *p, enum ast_kind kind, struct ast *left, struct ast *right,
                        bool open)
{
    struct ast *list = left;
    if (!open || left->kind != kind) {
        list = arena_new(p->arena, struct ast, 1);
        if (list == NULL)
            return NULL;
        list->kind = kind;
        list->list.first = list->list.last = left;
        list->list.count = 1;
        left->up = list;
    }
    right->up = list;
    right->prev = list->list.last;
    list->list.last->next = right;
    list->list.last = right;
    list->list.count++;
    list->at = span_join(left->at, right->at);
    return list;
}

/* sequence = operand { ("and" | "or") operand } */
static struct element sequence(struct parser *p, enum mode mode)
{
    bool open = false; /* whether the list on the left was begun here, not in brackets */
    struct element left = operand(p, mode);

    while (left.found != FOUND_NOTHING &&
           (p->token.kind == TOKEN_AND || p->token.kind == TOKEN_OR)) {
        enum ast_kind kind = p->token.kind == TOKEN_AND ? AST_AND : AST_OR;
        if (left.found == FOUND_NUMBER && mode != TERMS)
            left = number_to_id(p, left);
        if (left.found == FOUND_NOTHING)
            return nothing;
        if (left.found == FOUND_NUMBER || left.found == FOUND_ARITH || left.list)
            return fail_behind(p, left);
        parse_next(p);
        struct element right = operand(p, left.found == FOUND_ID ? IDS : BOTH);
        if (right.found == FOUND_NUMBER)
            right = number_to_id(p, right);
        if (right.found == FOUND_ARITH)
            return fail_behind(p, right);
        if (right.found == FOUND_NOTHING)
            return nothing;
        left.node = join(p, kind, left.node, right.node, open);
        open = true;
        if (left.node == NULL)
            return nothing;
    }
    return left;
}

/* filter = [ sequence ] */
bool parse_filter(struct parsed *parsed, struct str text, struct arena *arena, struct diag *diag)
{
    struct parser p = { .arena = arena, .diag = diag };

    p.lexer = lex_start(text, diag);
    *parsed = (struct parsed){ .root = NULL };
    parse_next(&p);
    p.end = 0;
    if (p.token.kind != TOKEN_END && p.token.kind != TOKEN_ERROR) {
        struct element e = sequence(&p, TERMS);
        if (e.found == FOUND_TERM && p.token.kind == TOKEN_END && !arena->full)
            *parsed = (struct parsed){ .root = e.node, .leaves = p.leaves, .leaf_count = p.leaf_count };
        else if (arena->full)
            diag_fail(diag, (struct span){ 0, 0 }, "filter too large");
        else
            fail_behind(&p, e);
    }
    return !diag->set;
}
