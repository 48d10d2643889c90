/* Arithmetic: `tcp[12] & 0xf0 >> 2`, and the relations between two of them. */
#include "parser/parse.h"

/*
 * Binding strength, as in libpcap's grammar: `^` and `%` have none there.  In front of them what
 * stands on the left waits, and all that follows is their right operand: 7 % 4 * 3 is 7 % 12.
 */
enum { LOOSE = 0, BAR = 1, AMP = 2, SHIFT = 3, SUM = 4, PRODUCT = 5, UNARY = 6 };

struct operator {
    u8 op;
    u8 strength; /* 0: takes everything to its right */
};

static bool find_operator(enum token_kind kind, struct operator *found)
{
    switch (kind) {
    case TOKEN_BAR: *found = (struct operator){ ARITH_OR, BAR }; return true;
    case TOKEN_AMP: *found = (struct operator){ ARITH_AND, AMP }; return true;
    case TOKEN_LSH: *found = (struct operator){ ARITH_LSH, SHIFT }; return true;
    case TOKEN_RSH: *found = (struct operator){ ARITH_RSH, SHIFT }; return true;
    case TOKEN_PLUS: *found = (struct operator){ ARITH_ADD, SUM }; return true;
    case TOKEN_MINUS: *found = (struct operator){ ARITH_SUB, SUM }; return true;
    case TOKEN_STAR: *found = (struct operator){ ARITH_MUL, PRODUCT }; return true;
    case TOKEN_SLASH: *found = (struct operator){ ARITH_DIV, PRODUCT }; return true;
    case TOKEN_CARET: *found = (struct operator){ ARITH_XOR, LOOSE }; return true;
    case TOKEN_PERCENT: *found = (struct operator){ ARITH_MOD, LOOSE }; return true;
    default: return false;
    }
}

bool parse_at_operator(const struct parser *p)
{
    struct operator ignored;
    return find_operator(p->token.kind, &ignored);
}

bool parse_at_relation(const struct parser *p)
{
    return p->token.kind >= TOKEN_EQ && p->token.kind <= TOKEN_GE;
}

/* relation = "=" | "==" | "!=" | "<" | ">" | "<=" | ">=" */
enum relation parse_relation(struct parser *p)
{
    static const u8 relations[] = {
        [TOKEN_EQ - TOKEN_EQ] = REL_EQ, [TOKEN_NE - TOKEN_EQ] = REL_NE,
        [TOKEN_LT - TOKEN_EQ] = REL_LT, [TOKEN_GT - TOKEN_EQ] = REL_GT,
        [TOKEN_LE - TOKEN_EQ] = REL_LE, [TOKEN_GE - TOKEN_EQ] = REL_GE,
    };
    enum relation relation = (enum relation)relations[p->token.kind - TOKEN_EQ];
    parse_next(p);
    return relation;
}

/* A new node; NULL, with an error, when the tree gets too deep. */
static const struct arith *node(struct parser *p, struct arith what)
{
    u32 a = what.a != NULL ? what.a->depth : 0, b = what.b != NULL ? what.b->depth : 0;
    what.depth = (a > b ? a : b) + 1;
    if (what.depth > PARSE_DEPTH_MAX) {
        diag_fail(p->diag, what.at, "arithmetic nested more than %d levels deep", PARSE_DEPTH_MAX);
        return NULL;
    }
    struct arith *made = arena_new(p->arena, struct arith, 1);
    if (made == NULL)
        diag_fail(p->diag, what.at, "filter too large");
    else
        *made = what;
    return made;
}

const struct arith *parse_arith_number(struct parser *p, u32 number, struct span at)
{
    return node(p, (struct arith){ .kind = ARITH_NUMBER, .number = number, .at = at });
}

static const struct arith *operand(struct parser *p);
static const struct arith *rest(struct parser *p, const struct arith *left, u32 strength);

/* load = proto "[" arith [ ":" NUMBER ] "]"     behind the protocol */
static const struct arith *load(struct parser *p, enum q_proto proto, u32 beg)
{
    u32 size = 1;
    if (!parse_expect(p, TOKEN_LBRACKET))
        return NULL;
    const struct arith *offset = parse_arith(p);
    if (offset == NULL)
        return NULL;
    if (parse_take(p, TOKEN_COLON)) {
        size = p->token.number;
        if (!parse_expect(p, TOKEN_NUMBER))
            return NULL;
    }
    if (!parse_expect(p, TOKEN_RBRACKET))
        return NULL;
    struct span at = parse_span(p, beg);
    if (size != 1 && size != 2 && size != 4) {
        diag_fail(p->diag, at, "data size must be 1, 2, or 4");
        return NULL;
    }
    return node(p, (struct arith){ .kind = ARITH_LOAD, .proto = proto, .size = size, .a = offset, .at = at });
}

const struct arith *parse_arith_term(struct parser *p, enum q_proto proto, u32 beg)
{
    if (proto != Q_ANY)
        return load(p, proto, beg);
    if (p->token.word == WORD_LEN) {
        parse_next(p);
        return node(p, (struct arith){ .kind = ARITH_LEN, .at = parse_span(p, beg) });
    }
    if (!parse_expect(p, TOKEN_MINUS) || !parse_enter(p))
        return NULL;
    const struct arith *a = operand(p);
    a = a != NULL ? rest(p, a, UNARY) : NULL;
    parse_leave(p);
    if (a == NULL)
        return NULL;
    return node(p, (struct arith){ .kind = ARITH_NEGATE, .a = a, .at = parse_span(p, beg) });
}

/* operand = NUMBER | "(" arith ")" | "len" | "-" operand | load */
static const struct arith *operand(struct parser *p)
{
    u32 beg = p->token.at.beg;
    if (p->token.kind == TOKEN_NUMBER) {
        const struct arith *number = parse_arith_number(p, p->token.number, p->token.at);
        parse_next(p);
        return number;
    }
    if (parse_take(p, TOKEN_LPAREN)) {
        const struct arith *inner = parse_arith(p);
        return inner != NULL && parse_expect(p, TOKEN_RPAREN) ? inner : NULL;
    }
    enum q_proto proto = parse_proto(p->token.word);
    if (proto != Q_ANY)
        parse_next(p);
    return parse_arith_term(p, proto, beg);
}

/* rest = { operator operand }      as long as the operators bind tighter than `strength` */
static const struct arith *rest(struct parser *p, const struct arith *left, u32 strength)
{
    struct operator found;
    while (left != NULL && find_operator(p->token.kind, &found) &&
           (found.strength == LOOSE || found.strength > strength)) {
        parse_next(p);
        if (!parse_enter(p))
            return NULL;
        const struct arith *right = operand(p);
        if (right != NULL)
            right = rest(p, right, found.strength);
        parse_leave(p);
        if (right == NULL)
            return NULL;
        left = node(p, (struct arith){ .kind = ARITH_BINARY, .op = (enum arith_op)found.op, .a = left,
                                       .b = right, .at = span_join(left->at, right->at) });
    }
    return left;
}

const struct arith *parse_arith_rest(struct parser *p, const struct arith *left)
{
    return rest(p, left, LOOSE);
}

/* arith = operand { operator operand } */
const struct arith *parse_arith(struct parser *p)
{
    if (!parse_enter(p))
        return NULL;
    const struct arith *left = operand(p);
    if (left != NULL)
        left = rest(p, left, LOOSE);
    parse_leave(p);
    return left;
}
