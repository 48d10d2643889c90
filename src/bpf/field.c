/* Finds the fields of a graph and turns its tests into questions about them. */
#include "bpf/field.h"

enum { LOADS_MAX = 48, BYTE_BITS = 8, MANY = 0xff };

struct finder {
    const struct value *loads[LOADS_MAX]; /* distinct loads that tests look at */
    u32 load_count;
    bool nested;                          /* some of them are parts of others */
    const struct test *pairs[FIELDS_MAX]; /* comparisons of two values, by field */
    u8 *by_value;                         /* field of a value, plus 1 */
    u32 uses[FIELDS_MAX];                 /* tests per field */
    u64 numbers[FIELDS_MAX]; /* hashes of the numbers that a field is compared with, as bits */
    struct fields *fields;
};

static bool masked(const struct value *v)
{
    return v->kind == VALUE_ALU && v->op == ALU_AND && v->b->kind == VALUE_CONST;
}

/* The value that a test looks at, without the mask over it. */
static const struct value *looked_at(const struct test *t)
{
    return masked(t->left) && t->op != CMP_GE ? t->left->a : t->left;
}

static bool contains(const struct value *outer, const struct value *inner)
{
    return outer->a == inner->a && outer->size > inner->size && inner->k - outer->k < outer->size &&
           inner->k - outer->k + inner->size <= outer->size;
}

/* The largest load seen that has all the bytes of this one; itself when there is no other. */
static const struct value *whole(const struct finder *f, const struct value *load)
{
    for (u32 i = 0; i < f->load_count; i++)
        if (contains(f->loads[i], load))
            load = f->loads[i];
    return load;
}

static void note_load(struct finder *f, const struct value *v)
{
    if (v->kind != VALUE_LOAD || f->by_value[v->id] != 0 || f->load_count == LOADS_MAX)
        return;
    f->by_value[v->id] = NO_FIELD; /* seen; becomes a field at its first question */
    for (u32 i = 0; i < f->load_count && !f->nested; i++)
        f->nested = f->loads[i]->size != v->size &&
                    (contains(f->loads[i], v) || contains(v, f->loads[i]));
    f->loads[f->load_count++] = v;
}

static u8 new_field(struct finder *f, const struct value *v, u32 mask)
{
    u32 field = f->fields->count;

    if (field == FIELDS_MAX)
        return NO_FIELD;
    f->fields->count++;
    f->fields->mask[field] = mask;
    f->fields->value[field] = v;
    f->pairs[field] = NULL;
    f->uses[field] = 0;
    f->numbers[field] = 0;
    f->fields->plain |= (u64)(mask >= MANY) << field;
    return (u8)field;
}

static u8 field_of(struct finder *f, const struct value *v)
{
    u8 *known = &f->by_value[v->id];

    if (*known == 0 || *known == NO_FIELD) {
        u8 field = new_field(f, v, v->mask);
        if (field == NO_FIELD)
            return NO_FIELD;
        *known = (u8)(field + 1);
    }
    return (u8)(*known - 1);
}

static u8 field_of_pair(struct finder *f, const struct test *t)
{
    for (u32 i = 0; i < f->fields->count; i++) {
        const struct test *p = f->pairs[i];
        if (p != NULL && p->op == t->op && p->left == t->left && p->right == t->right)
            return (u8)i;
    }
    u8 field = new_field(f, NULL, 1);
    if (field != NO_FIELD)
        f->pairs[field] = t;
    return field;
}

static struct question ask(struct finder *f, const struct test *t)
{
    struct question q = { .field = NO_FIELD };

    if (t->op == CMP_LET) {
        q.field = field_of(f, t->left);
        return q;
    }
    if (t->right->kind != VALUE_CONST) {
        q.field = field_of_pair(f, t);
        q.p = (struct pattern){ UINT32_MAX, 1 };
        return q;
    }
    const struct value *v = looked_at(t);
    const struct value *all = f->nested && v->kind == VALUE_LOAD ? whole(f, v) : v;
    u32 shift = all == v ? 0 : BYTE_BITS * (all->size - v->size - (v->k - all->k));
    u32 k = t->right->k;
    u32 mask = v == t->left ? v->mask : t->left->b->k;

    q.reaches = t->op == CMP_GE;
    if (t->op == CMP_EQ) {
        q.p = (struct pattern){ mask << shift, k << shift };
    } else if (t->op == CMP_SET) {
        q.p = (struct pattern){ (mask & k) << shift, 0 };
    } else if (v->k == all->k) { /* the upper part of a field reaches what the whole does */
        q.p.bits = k << shift;
    } else { /* another part does not: it is a field of its own */
        all = v;
        q.p.bits = k;
    }
    /* Bits that are never set count as part of the pattern: a full match is then a full mask. */
    if (!q.reaches && q.p.mask == all->mask)
        q.p.mask = UINT32_MAX;
    q.negated = t->op == CMP_SET;
    q.field = field_of(f, all);
    return q;
}

/* Notes the question of a test whose field has several. */
static void note_question(struct finder *f, const struct question *q)
{
    u64 number = (u64)1 << (q->p.bits * 0x9e3779b1u >> 26);

    if (q->reaches || q->p.mask != UINT32_MAX || (f->numbers[q->field] & number) != 0)
        f->fields->plain &= ~((u64)1 << q->field);
    f->numbers[q->field] |= number;
}

bool fields_find(struct fields *fields, const struct graph *g, struct arena *arena)
{
    struct finder f;

    f.load_count = 0;
    f.nested = false;
    f.fields = fields;
    f.by_value = arena_new(arena, u8, g->values);
    fields->count = 0;
    fields->repeat = false;
    fields->plain = 0;
    fields->questions = arena_raw(arena, struct question, g->count);
    if (arena->full)
        return false;
    for (u32 i = 0; i < g->count; i++)
        note_load(&f, looked_at(g->tests[i]));
    for (u32 i = 0; i < g->count; i++) {
        struct question q = ask(&f, g->tests[i]);
        if (q.field != NO_FIELD && ++f.uses[q.field] == 2)
            fields->repeat = true;
        if (q.field != NO_FIELD && g->tests[i]->op != CMP_LET)
            note_question(&f, &q);
        fields->questions[i] = q;
    }
    /* What is asked once answers nothing. */
    for (u32 i = 0; i < g->count && fields->repeat; i++) {
        u8 *field = &fields->questions[i].field;
        if (*field != NO_FIELD && f.uses[*field] < 2)
            *field = NO_FIELD;
    }
    return true;
}
