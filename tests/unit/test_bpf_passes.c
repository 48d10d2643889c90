/* Each pass on graphs made by hand: what comes out is, by pointer, the graph that should. */
#include "unit.h"

#include <string.h>

#include "bpf/emit.h"
#include "bpf/pass.h"
#include "bpf/validate.h"
#include "bpf/vm.h"

static const struct reason why = { { 0, 0 }, "test" };

enum { ARENA_BYTES = 32 << 20 };

static struct arena arena;
static struct ir ir;
static const struct test *yes, *no;

static int start(void **state)
{
    static char block[ARENA_BYTES];

    arena = arena_over(block, sizeof block);
    ir_start(&ir, &arena);
    yes = ir.accept;
    no = ir.reject;
    return 0;
}

static const struct test *pass(const char *name, const struct test *root)
{
    for (const struct pass *p = passes; p->name != NULL; p++)
        if (strcmp(p->name, name) == 0)
            return pass_run(&ir, root, p);
    fail();
    return NULL;
}

static const struct value *load(u8 size, u32 at)
{
    return ir_load(&ir, size, NULL, at);
}

static const struct test *is(const struct value *v, u32 k, const struct test *y,
                             const struct test *n)
{
    return ir_test(&ir, CMP_EQ, v, ir_const(&ir, k), y, n, why);
}

static const struct test *at_least(const struct value *v, u32 k, const struct test *y,
                                   const struct test *n)
{
    return ir_test(&ir, CMP_GE, v, ir_const(&ir, k), y, n, why);
}

static const struct test *has(const struct value *v, u32 k, const struct test *y,
                              const struct test *n)
{
    return ir_test(&ir, CMP_SET, v, ir_const(&ir, k), y, n, why);
}

/* (v & mask) == k */
static const struct test *masked(const struct value *v, u32 mask, u32 k, const struct test *y,
                                 const struct test *n)
{
    return is(ir_alu(&ir, ALU_AND, v, ir_const(&ir, mask)), k, y, n);
}

/* -- thread */

static void test_thread_skips_what_is_known(void **state)
{
    const struct value *type = load(2, 12), *a = load(1, 23), *b = load(1, 30);
    const struct test *second = is(type, 0x800, is(b, 1, yes, no), no);
    const struct test *first = is(type, 0x800, is(a, 6, yes, second), second);

    assert_ptr_equal(pass("thread", first), is(type, 0x800, is(a, 6, yes, is(b, 1, yes, no)), no));
}

/* Both ways of b come to the last test, although on one of them its answer is known as well. */
static void test_thread_meets_again(void **state)
{
    const struct value *a = load(1, 0), *b = load(1, 1);
    const struct test *last = is(b, 2, yes, no);

    assert_ptr_equal(pass("thread", is(a, 1, is(b, 1, last, is(a, 1, last, no)), no)),
                     is(a, 1, last, no));
}

/* A part of a field, a mask over it, a bound and a sum of facts. */
static void test_thread_knows_parts(void **state)
{
    const struct value *word = load(4, 26), *byte = load(1, 26), *x = load(1, 40);

    assert_ptr_equal(pass("thread", is(word, 0x0a000001, is(byte, 10, is(x, 1, yes, no), yes), no)),
                     is(word, 0x0a000001, is(x, 1, yes, no), no));
    assert_ptr_equal(pass("thread", masked(word, 0xff000000, 0x0a000000,
                                           is(word, 0x0b000000, yes, is(x, 1, yes, no)), no)),
                     masked(word, 0xff000000, 0x0a000000, is(x, 1, yes, no), no));
    assert_ptr_equal(pass("thread", at_least(x, 10, is(x, 9, yes, has(byte, 1, yes, no)), no)),
                     at_least(x, 10, has(byte, 1, yes, no), no));
    assert_ptr_equal(pass("thread", has(x, 1, no, is(x, 5, yes, is(byte, 1, yes, no)))),
                     has(x, 1, no, is(byte, 1, yes, no)));
    /* The lower part of a field says nothing of bounds of the whole. */
    const struct test *kept = at_least(load(2, 17), 3, at_least(load(1, 18), 12, yes, no), no);
    assert_ptr_equal(pass("thread", kept), kept);
}

/* Where two values meet, it is one of both. */
static void test_thread_joins(void **state)
{
    const struct value *type = load(2, 12), *x = load(1, 40);
    const struct test *shared = is(
        x, 1, yes, is(type, 0x806, is(x, 2, yes, no), is(type, 0x8035, is(x, 2, yes, no), no)));
    const struct test *root = is(type, 0x806, shared, is(type, 0x8035, shared, no));
    const struct test *short_one = is(x, 1, yes, is(x, 2, yes, no));

    assert_ptr_equal(pass("thread", root),
                     is(type, 0x806, short_one, is(type, 0x8035, short_one, no)));
}

static void test_thread_leaves_the_unknown(void **state)
{
    const struct value *a = load(1, 1), *b = load(1, 2);
    const struct test *root = is(a, 1, is(b, 1, yes, no), is(b, 2, yes, no));

    assert_ptr_equal(pass("thread", root), root);
}

/* Two values that are compared twice. */
static void test_thread_knows_pairs(void **state)
{
    const struct value *a = load(1, 1), *b = load(1, 2), *x = load(1, 3);
    const struct test *again = ir_test(&ir, CMP_GT, a, b, is(x, 2, yes, no), yes, why);
    const struct test *root = ir_test(&ir, CMP_GT, a, b, is(x, 1, no, again), no, why);

    /* And x need not be compared with 1 then, as what follows says no to that as well. */
    assert_ptr_equal(pass("thread", root), ir_test(&ir, CMP_GT, a, b, is(x, 2, yes, no), no, why));
}

/* A test whose answer does not matter goes, whatever else is known on the way to it. */
static void test_thread_drops_idle_tests(void **state)
{
    const struct value *version = load(1, 0);
    const struct test *idle = is(load(2, 40), 80, yes, yes);

    assert_ptr_equal(pass("thread", is(version, 6, idle, is(version, 4, no, yes))),
                     is(version, 4, no, yes));
    assert_ptr_equal(pass("thread", is(version, 4, yes, is(version, 6, idle, no))),
                     is(version, 4, yes, is(version, 6, yes, no)));
}

/* Port 81 needs no test of its own: it goes where the test of 82 sends it. */
static void test_thread_drops_needless_tests(void **state)
{
    const struct value *src = load(2, 34);
    const struct test *dst = is(load(2, 36), 82, yes, no);

    assert_ptr_equal(pass("thread", is(src, 81, dst, is(src, 82, yes, dst))),
                     is(src, 82, yes, dst));
}

/* A packet that ends behind byte 30 is accepted when that is 5: the longer load must not reject it.
 */
static void test_thread_adds_no_abort(void **state)
{
    const struct test *t = is(load(1, 30), 5, yes, is(load(4, 30), 0x06000001, no, yes));

    assert_ptr_equal(pass("thread", t), t);
}

/* -- group */

static void test_group_brings_together(void **state)
{
    const struct value *src = load(2, 34), *dst = load(2, 36);
    const struct test *root = is(src, 80, yes,
                                 is(dst, 80, yes, is(src, 443, yes, is(dst, 443, yes, no))));

    assert_ptr_equal(pass("group", root),
                     is(src, 80, yes, is(src, 443, yes, is(dst, 80, yes, is(dst, 443, yes, no)))));
}

static void test_group_joins_neighbours(void **state)
{
    const struct value *v = load(2, 34);

    assert_ptr_equal(pass("group", is(v, 81, yes, is(v, 80, yes, is(v, 82, yes, no)))),
                     at_least(v, 80, at_least(v, 83, no, yes), no));
    assert_ptr_equal(pass("group", is(v, 80, yes, is(v, 80, yes, no))), is(v, 80, yes, no));
    /* A range that is one number. */
    assert_ptr_equal(pass("group", at_least(v, 7, at_least(v, 8, no, yes), no)), is(v, 7, yes, no));
}

/* What is in A already comes first. */
static void test_group_begins_with_what_is_loaded(void **state)
{
    const struct value *a = load(4, 26), *b = load(4, 30);
    const struct test *tail = is(a, 2, yes, is(b, 2, yes, no));

    assert_ptr_equal(pass("group", is(a, 1, no, is(b, 1, no, tail))),
                     is(a, 1, no, is(b, 1, no, is(b, 2, yes, is(a, 2, yes, no)))));
}

/* Other exits: the order matters. */
static void test_group_keeps_order(void **state)
{
    const struct value *a = load(4, 26), *b = load(4, 30), *c = load(1, 2);
    const struct test *root = is(a, 1, yes, is(b, 1, no, is(a, 5, yes, has(c, 1, yes, no))));

    assert_ptr_equal(pass("group", root), root);
    /* Two ways to fail are alike, whichever answer leads there: a is in A, so it comes first. */
    assert_ptr_equal(pass("group", is(a, 1, yes, is(b, 1, no, is(a, 5, yes, no)))),
                     is(a, 1, yes, is(a, 5, is(b, 1, no, yes), no)));
}

/* Tests that a packet meets on its way through a program: its jumps. */
static u32 tests_met(const struct bpf_insn *program, u32 n, const u8 *bytes, u32 caplen,
                     bool *accepts)
{
    struct packet p = { .data = bytes, .caplen = caplen, .len = caplen };
    struct bpf_machine m = bpf_start();
    u32 met = 0;

    do
        met += m.pc < n && bpf_flow(program[m.pc].code) == BPF_FLOW_TEST;
    while (bpf_step(&m, program, n, &p));
    *accepts = m.result != 0;
    return met;
}

/*
 * A list of n ports: at most about 2n tests, of which a packet meets at most about 2 log2 n, or as
 * many as the longest chain has.
 */
static void test_group_makes_trees(void **state)
{
    for (u32 n = 8; n <= 1024; n *= 2) {
        start(state);
        const struct test *root = no;
        for (u32 i = 0; i < n; i++)
            root = is(load(2, 0), (i * 7919 + 13) % 65536, yes, root);
        const struct emit_options options = { .accept = 1 };
        struct diag diag = { .text = &arena };
        const struct bpf_insn *program;
        u32 count, most = 0;
        assert_true(ir_emit(&ir, root, &options, BPF_INSNS_MAX, &program, &count, &diag));
        assert_in_range(count, n, 2 * n);
        for (u32 i = 0; i < 65536; i++) {
            u8 bytes[2] = { (u8)(i >> 8), (u8)i };
            bool accepts, expected = false;
            u32 met = tests_met(program, count, bytes, 2, &accepts);
            most = met > most ? met : most;
            if (i % 97 == 0) { /* the slow look-up, for some */
                for (u32 j = 0; j < n; j++)
                    expected = expected || (j * 7919 + 13) % 65536 == i;
                assert_int_equal(accepts, expected);
            }
        }
        u32 log = 0;
        while (1u << log < n)
            log++;
        assert_in_range(most, 1, 2 * log > REGION_CHAIN_MAX ? 2 * log : REGION_CHAIN_MAX);
    }
}

/* -- narrow */

static void test_narrow_loads(void **state)
{
    const struct value *word = load(4, 26);

    assert_ptr_equal(pass("narrow", masked(word, 0xff000000, 0x0a000000, yes, no)),
                     is(load(1, 26), 10, yes, no));
    assert_ptr_equal(pass("narrow", masked(word, 0xffff0000, 0xc0a80000, yes, no)),
                     is(load(2, 26), 0xc0a8, yes, no));
    assert_ptr_equal(pass("narrow", at_least(word, 0xe0000000, yes, no)),
                     at_least(load(1, 26), 0xe0, yes, no));
    /* Another test wants all of it. */
    const struct test *whole = masked(word, 0xff000000, 0x0a000000,
                                      is(load(1, 3), 1, is(word, 0x0a000001, no, yes), no), no);
    const struct test *made = pass("narrow", whole);
    assert_int_equal(made->left->size, 4);
}

static void test_narrow_makes_bounds(void **state)
{
    const struct value *half = load(2, 26);

    assert_ptr_equal(pass("narrow", masked(half, 0xfff0, 0xac10, yes, no)),
                     at_least(half, 0xac10, at_least(half, 0xac20, no, yes), no));
}

/* -- merge */

static void test_merge_makes_a_variable_base(void **state)
{
    const struct value *type = load(2, 12), *msh = ir_msh(&ir, 14);
    const struct test *four = is(ir_load(&ir, 2, msh, 14), 80, yes,
                                 is(ir_load(&ir, 2, msh, 16), 80, yes, no));
    const struct test *six = is(load(2, 54), 80, yes, is(load(2, 56), 80, yes, no));
    const struct test *made = pass("merge", is(type, 0x800, four, is(type, 0x86dd, six, no)));

    assert_int_equal(made->yes->op, CMP_LET);
    assert_int_equal(made->no->yes->op, CMP_LET);
    assert_ptr_equal(made->yes->yes, made->no->yes->yes);
    assert_ptr_equal(made->yes->right, msh);
    assert_ptr_equal(made->no->yes->right, ir_const(&ir, 40));
    const struct value *x = made->yes->left;
    assert_ptr_equal(made->yes->yes,
                     is(ir_load(&ir, 2, x, 14), 80, yes, is(ir_load(&ir, 2, x, 16), 80, yes, no)));
}

/* One test alone is not worth it. */
static void test_merge_leaves_small_parts(void **state)
{
    const struct value *type = load(2, 12);
    const struct test *root = is(type, 0x800, is(load(1, 23), 6, yes, no),
                                 is(type, 0x86dd, is(load(1, 20), 6, yes, no), no));

    assert_ptr_equal(pass("merge", root), root);
}

/* The verdict of a graph as it is. */
static bool accepts(const struct test *root, const u8 *bytes, u32 n)
{
    const struct emit_options options = { .accept = 1, .literal = true };
    const struct packet p = { .data = bytes, .caplen = n, .len = n };
    struct diag diag = { .text = &arena };
    const struct bpf_insn *program;
    u32 count;

    assert_true(ir_emit(&ir, root, &options, BPF_INSNS_MAX, &program, &count, &diag));
    return bpf_run(program, &p) != 0;
}

/* Two parts that differ in more than the place of their fields: in a mask of the second. */
static void test_merge_tells_masks_apart(void **state)
{
    u8 four[60] = { [12] = 8 }, six[60] = { [12] = 0x86, [13] = 0xdd };

    for (u32 mask = 3; mask < 256; mask += 2) {
        start(state);
        const struct value *type = load(2, 12);
        const struct test *a = no, *b = no;
        for (u32 i = 0; i < 4; i++) {
            a = masked(load(1, 34 + i), i == 2 ? mask : 0xff, i == 2, a, yes);
            b = is(load(1, 54 + i), i == 2, b, yes);
        }
        four[36] = six[56] = (u8)(1 | ~mask);
        const struct test *made = pass("merge", is(type, 0x800, a, is(type, 0x86dd, b, no)));
        assert_false(accepts(made, four, sizeof four));
        assert_int_equal(accepts(made, six, sizeof six), mask != 0xff);
    }
}

/* Entered in its middle, a part cannot be merged as a whole. */
static void test_merge_needs_one_entry(void **state)
{
    const struct value *type = load(2, 12);
    const struct test *a2 = is(load(2, 36), 80, yes, no), *b2 = is(load(2, 56), 80, yes, no);
    const struct test *a = is(load(2, 34), 80, yes, a2), *b = is(load(2, 54), 80, yes, b2);
    const struct test *root = is(type, 1, a, is(type, 2, b, is(type, 3, a2, is(type, 4, b2, no))));

    assert_ptr_equal(pass("merge", root), root);
}

/* What comes first is the same on one side and is not on the other: then it cannot be done before. */
static void test_merge_needs_one_first_load(void **state)
{
    const struct value *type = load(2, 12), *msh = ir_msh(&ir, 14), *mark = load(1, 23), *next = load(1, 24);
    const struct value *six_mark = load(1, 20);
    u8 four[60] = { [13] = 4, [14] = 0x45, [23] = 1, [24] = 1, [37] = 80 };
    u8 six[60] = { [13] = 6, [20] = 1, [57] = 80 };

    (void)state;
    const struct value *port = ir_load(&ir, 2, msh, 14), *peer = ir_load(&ir, 2, msh, 16);
    const struct test *a = is(port, 80, yes, is(peer, 80, yes, no));
    const struct test *a_not = is(port, 53, yes, is(peer, 53, yes, no));
    const struct test *b = is(load(2, 54), 80, yes, is(load(2, 56), 80, yes, no));
    const struct test *b_not = is(load(2, 54), 53, yes, is(load(2, 56), 53, yes, no));
    a = is(next, 1, is(mark, 1, a, no), is(next, 2, a_not, no));
    b = is(six_mark, 1, is(six_mark, 1, b, no), is(six_mark, 2, b_not, no));
    const struct test *root = is(type, 4, a, is(type, 6, b, no)), *made = pass("merge", root);

    assert_ptr_not_equal(made, root); /* what is behind the marks */
    assert_true(accepts(made, four, sizeof four));
    assert_true(accepts(made, six, sizeof six));
}

/* -- order */

static void test_order_rejects_early(void **state)
{
    const struct value *type = load(2, 12), *protocol = load(1, 23), *fragment = load(2, 20),
                       *address = load(4, 26);
    const struct test *t = is(
        type, 0x800, is(protocol, 6, has(fragment, 0x1fff, no, is(address, 5, yes, no)), no), no);

    assert_ptr_equal(pass("order", t),
                     is(address, 5,
                        is(protocol, 6, is(type, 0x800, has(fragment, 0x1fff, no, yes), no), no),
                        no));
}

/* A packet that is cut before byte 26 and is not of this type is accepted, and must stay so. */
static void test_order_adds_no_load_before_accepting(void **state)
{
    const struct test *t = is(load(2, 12), 0x800, is(load(4, 26), 5, no, yes), yes);

    assert_ptr_equal(pass("order", t), t);
}

/* A second way to the address: it cannot come before the type for one of them only. */
static void test_order_needs_one_entry(void **state)
{
    const struct test *address = is(load(4, 26), 5, yes, no);
    const struct test *t = is(load(1, 0), 1, address, is(load(2, 12), 0x800, address, yes));

    assert_ptr_equal(pass("order", t), t);
}

static void test_order_keeps_loads_shared(void **state)
{
    const struct value *flags = load(1, 47);
    /* As the flags are in A already, the type goes behind them. */
    const struct test *rest = has(flags, 2, has(flags, 16, no, is(load(4, 26), 5, yes, no)), no);
    const struct test *t = is(load(2, 12), 0x800, rest, no);

    assert_ptr_equal(pass("order", t),
                     is(load(4, 26), 5,
                        has(flags, 2, has(flags, 16, no, is(load(2, 12), 0x800, yes, no)), no),
                        no));
}

/* Each family sets where its header ends before the ports are looked for. */
static void test_order_sets_variables_first(void **state)
{
    const struct value *x = ir_variable(&ir);
    const struct test *port = is(ir_load(&ir, 2, x, 16), 80, yes, no);
    const struct test *t = ir_let(&ir, x, ir_msh(&ir, 14), port, why);

    assert_ptr_equal(pass("order", is(load(2, 12), 0x800, t, no)),
                     ir_let(&ir, x, ir_msh(&ir, 14),
                            is(ir_load(&ir, 2, x, 16), 80, is(load(2, 12), 0x800, yes, no), no),
                            why));
}

static void test_order_asks_for_the_likeliest_number_first(void **state)
{
    const struct value *type = load(2, 12);
    const struct test *a = is(load(1, 20), 17, yes, no), *b = is(load(1, 23), 17, yes, no);

    assert_ptr_equal(
        pass("order", is(type, 0x806, no, is(type, 0x86dd, a, is(type, 0x800, b, yes)))),
        is(type, 0x800, b, is(type, 0x86dd, a, is(type, 0x806, no, yes))));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_thread_skips_what_is_known, start),
        cmocka_unit_test_setup(test_thread_meets_again, start),
        cmocka_unit_test_setup(test_thread_knows_parts, start),
        cmocka_unit_test_setup(test_thread_joins, start),
        cmocka_unit_test_setup(test_thread_leaves_the_unknown, start),
        cmocka_unit_test_setup(test_thread_knows_pairs, start),
        cmocka_unit_test_setup(test_thread_drops_idle_tests, start),
        cmocka_unit_test_setup(test_thread_drops_needless_tests, start),
        cmocka_unit_test_setup(test_thread_adds_no_abort, start),
        cmocka_unit_test_setup(test_group_brings_together, start),
        cmocka_unit_test_setup(test_group_joins_neighbours, start),
        cmocka_unit_test_setup(test_group_begins_with_what_is_loaded, start),
        cmocka_unit_test_setup(test_group_keeps_order, start),
        cmocka_unit_test_setup(test_group_makes_trees, start),
        cmocka_unit_test_setup(test_narrow_loads, start),
        cmocka_unit_test_setup(test_narrow_makes_bounds, start),
        cmocka_unit_test_setup(test_merge_makes_a_variable_base, start),
        cmocka_unit_test_setup(test_merge_leaves_small_parts, start),
        cmocka_unit_test_setup(test_merge_tells_masks_apart, start),
        cmocka_unit_test_setup(test_merge_needs_one_entry, start),
        cmocka_unit_test_setup(test_merge_needs_one_first_load, start),
        cmocka_unit_test_setup(test_order_rejects_early, start),
        cmocka_unit_test_setup(test_order_adds_no_load_before_accepting, start),
        cmocka_unit_test_setup(test_order_needs_one_entry, start),
        cmocka_unit_test_setup(test_order_keeps_loads_shared, start),
        cmocka_unit_test_setup(test_order_sets_variables_first, start),
        cmocka_unit_test_setup(test_order_asks_for_the_likeliest_number_first, start),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
