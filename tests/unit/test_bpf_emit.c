/* From graphs to programs: registers, cells, shared tails, long jumps, limits. */
#include "unit.h"

#include "bpf/assemble.h"
#include "bpf/emit.h"
#include "bpf/list.h"
#include "bpf/validate.h"
#include "bpf/vm.h"
#include "graphs.h"
#include "packets.h"

static const struct reason why = { { 0, 0 }, "test" };

enum { ARENA_BYTES = 48 << 20 };

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

static const struct value *load(u8 size, u32 at)
{
    return ir_load(&ir, size, NULL, at);
}

static const struct test *is(const struct value *v, u32 k, const struct test *y,
                             const struct test *n)
{
    return ir_test(&ir, CMP_EQ, v, ir_const(&ir, k), y, n, why);
}

struct program {
    const struct bpf_insn *insns;
    u32 count;
};

static struct program emit(const struct test *root, bool literal)
{
    const struct emit_options options = { .accept = 262144, .literal = literal };
    struct diag diag = { .text = &arena };
    struct program p;

    if (!ir_emit(&ir, root, &options, 1 << 20, &p.insns, &p.count, &diag))
        fail_msg("%.*s", (int)diag.what.len, diag.what.p);
    assert_true(bpf_is_runnable(p.insns, p.count, NULL));
    return p;
}

static void assert_listing(struct program p, const char *expected)
{
    static char buffer[1 << 16];
    struct out o = out_fixed(buffer, sizeof buffer);

    bpf_list(&o, p.insns, p.count);
    assert_text(&o, expected);
}

static void test_leaves(void **state)
{
    assert_listing(emit(yes, false), "(000) ret      #262144\n");
    assert_listing(emit(no, false), "(000) ret      #0\n");
}

/* The registers keep what they hold on every edge that agrees. */
static void test_registers_are_kept(void **state)
{
    const struct value *type = load(2, 12), *x = ir_msh(&ir, 14);
    const struct test *ports = is(ir_load(&ir, 2, x, 14), 80, yes,
                                  is(ir_load(&ir, 2, x, 16), 443, yes, no));

    assert_listing(emit(is(type, 0x800, ports, is(type, 0x806, yes, no)), false),
                   "(000) ldh      [12]\n"
                   "(001) jeq      #0x800           jt 3\tjf 2\n"
                   "(002) jeq      #0x806           jt 8\tjf 9\n"
                   "(003) ldxb     4*([14]&0xf)\n"
                   "(004) ldh      [x + 14]\n"
                   "(005) jeq      #0x50            jt 8\tjf 6\n"
                   "(006) ldh      [x + 16]\n"
                   "(007) jeq      #0x1bb           jt 8\tjf 9\n"
                   "(008) ret      #262144\n"
                   "(009) ret      #0\n");
}

/* As it was lowered, every test loads for itself. */
static void test_literal_forgets(void **state)
{
    const struct value *type = load(2, 12);

    assert_listing(emit(is(type, 0x800, yes, is(type, 0x806, yes, no)), true),
                   "(000) ldh      [12]\n"
                   "(001) jeq      #0x800           jt 4\tjf 2\n"
                   "(002) ldh      [12]\n"
                   "(003) jeq      #0x806           jt 4\tjf 5\n"
                   "(004) ret      #262144\n"
                   "(005) ret      #0\n");
}

/* (p[2:2] - header length) == p[x+26] >> 2: the first result waits in X or a cell. */
static void test_cells_hold_results(void **state)
{
    const struct value *x = ir_msh(&ir, 14), *four = ir_const(&ir, 4);
    const struct value *a = ir_alu(&ir, ALU_MUL, load(1, 0), ir_load(&ir, 1, x, 0));
    const struct value *b = ir_alu(&ir, ALU_RSH, ir_load(&ir, 1, x, 26), four);
    struct program p = emit(ir_test(&ir, CMP_GT, a, b, yes, no, why), false);
    u8 bytes[64] = { [0] = 3, [14] = 0x45, [20] = 7, [46] = 0x50 };
    struct packet packet = { .data = bytes, .caplen = 64, .len = 64 };

    assert_true(bpf_is_valid(p.insns, p.count, NULL));
    assert_int_equal(bpf_run(p.insns, &packet), 262144);
    bytes[20] = 1; /* 3 * 1 is less than 0x50 >> 4 */
    assert_int_equal(bpf_run(p.insns, &packet), 0);
}

/* One side after the other has to wait in a cell; the deeper side can go first. */
static void test_cells_suffice_for_lopsided_values(void **state)
{
    const struct value *left = load(1, 60), *right = load(1, 60);

    for (u32 i = 0; i < 40; i++) {
        const struct value *base = load(1, i);
        const struct value *term = ir_alu(&ir, ALU_DIV, ir_load(&ir, 1, base, 0),
                                          ir_load(&ir, 1, base, 1));
        left = ir_alu(&ir, ALU_DIV, left, term);
        right = ir_alu(&ir, ALU_DIV, term, right);
    }
    emit(is(left, 5, yes, no), false);
    emit(is(right, 5, yes, no), false);
}

/* Both sides equally deep, twenty times over: nothing helps. */
static void test_cells_run_out_with_a_message(void **state)
{
    const struct emit_options options = { .accept = 1 };
    struct diag diag = { .text = &arena };
    const struct value *v = ir_load(&ir, 1, load(1, 0), 0);
    struct program p;

    for (u32 i = 0; i < 20; i++)
        v = ir_alu(&ir, ALU_DIV, v, ir_alu(&ir, ALU_XOR, v, ir_const(&ir, i + 1)));
    assert_false(ir_emit(&ir, is(v, 5, yes, no), &options, 1 << 20, &p.insns, &p.count, &diag));
    assert_true(diag.set);
    assert_true(diag.what.len > 20);
    assert_false(arena.full);
}

/* A chain that is thousands of operations deep takes no stack. */
static void test_deep_values(void **state)
{
    const struct value *left = load(1, 0), *base = load(1, 0);

    for (u32 i = 0; i < 30000; i++)
        left = ir_alu(&ir, ALU_XOR, ir_alu(&ir, ALU_ADD, left, ir_const(&ir, i | 1)),
                      ir_const(&ir, 5));
    for (u32 i = 0; i < 30000; i++)
        base = ir_load(&ir, 1, ir_alu(&ir, ALU_AND, base, ir_const(&ir, 7)), i % 8);
    emit(is(left, 1, yes, no), false);
    emit(is(base, 1, yes, no), false);
}

/* A chain of tests that is thousands long: long jumps in both directions of the answer. */
static void test_long_chains(void **state)
{
    for (u32 n = 250; n < 12000; n = n * 2 + 3)
        for (u32 shape = 0; shape < 3; shape++) {
            start(state);
            const struct test *root = no;
            for (u32 i = n; i-- > 0;) {
                const struct value *v = load(1, i % 200 + (i / 200) % 3);
                const struct test *test = is(v, i / 200 % 256, shape == 0 ? yes : root,
                                             shape == 0   ? root
                                             : shape == 1 ? no
                                                          : yes);
                root = test;
            }
            struct program literal = emit(root, true), best = emit(root, false);
            u64 random = 99;
            u8 bytes[PACKET_MAX];
            for (int i = 0; i < 40; i++) {
                u32 caplen = packets_make(&random, literal.insns,
                                          literal.count < 400 ? literal.count : 400, bytes);
                struct packet p = { .data = bytes, .caplen = caplen, .len = caplen };
                enum verdict expected = graphs_verdict(&ir, root, &p);
                assert_int_equal(bpf_run(literal.insns, &p) != 0, expected == ACCEPTED);
                if (expected != ABORTED)
                    assert_int_equal(bpf_run(best.insns, &p) != 0, expected == ACCEPTED);
            }
        }
}

/* A limit that is too small is told, one that just fits is not. */
/* A test with `gap` instructions between it and one of its exits, all around the reach of a jump. */
static void check_distance(u32 gap, bool far_yes)
{
    enum { ITEMS_MAX = 300 };
    struct item items[ITEMS_MAX] = { 0 };
    const u8 byte = 7;
    const struct packet packet = { .data = &byte, .caplen = 1, .len = 1 };
    const u32 far = gap + 2;
    u32 made;

    items[0] = (struct item){ .code = BPF_LD_B_ABS };
    items[1] = (struct item){ .code = BPF_JEQ_K, .k = far_yes ? byte : byte + 1, .yes = far_yes ? far : 2,
                              .no = far_yes ? 2 : far };
    for (u32 i = 2; i < far - 1; i++)
        items[i] = (struct item){ .code = BPF_LD_B_ABS };
    items[far - 1] = (struct item){ .code = BPF_RET_K, .k = 1 };
    items[far] = (struct item){ .code = BPF_LD_B_ABS };
    items[far + 1] = (struct item){ .code = BPF_RET_K, .k = 2 };
    const struct bpf_insn *program = assemble(&arena, items, far + 2, BPF_INSNS_MAX, &made);
    assert_non_null(program);
    assert_true(bpf_is_valid(program, made, NULL));
    assert_int_equal(bpf_run(program, &packet), 2);
    assert_int_equal(made, far + 2 + (gap > 255)); /* a relay where it is needed, and only there */
}

static void test_distances_at_the_reach_of_a_jump(void **state)
{
    for (u32 gap = 250; gap < 262; gap++) {
        check_distance(gap, true);
        check_distance(gap, false);
    }
}

static void test_limits(void **state)
{
    const struct test *root = is(load(1, 0), 1, is(load(1, 1), 2, yes, no), no);
    const struct emit_options options = { .accept = 1 };
    struct diag diag = { .text = &arena };
    struct program p;

    assert_true(ir_emit(&ir, root, &options, 6, &p.insns, &p.count, &diag));
    assert_int_equal(p.count, 6);
    assert_false(ir_emit(&ir, root, &options, 5, &p.insns, &p.count, &diag));
    assert_true(diag.set);
    assert_null(p.insns);
}

/* Out of memory at any point: a message, no crash. */
static void test_full_arena(void **state)
{
    static char block[200000];
    u32 made = 0;

    for (size_t size = 5000; size < sizeof block; size += 613) {
        struct arena small = arena_over(block, size);
        struct diag diag = { .text = &small };
        const struct emit_options options = { .accept = 1 };
        struct program p;
        struct ir little;
        u64 random = 4711;
        ir_start(&little, &small);
        const struct test *root = graphs_random(&little, &random, 40);
        bool fits = ir_emit(&little, root, &options, 4096, &p.insns, &p.count, &diag);
        assert_true(fits || diag.set);
        made += fits;
    }
    assert_true(made > 0);
}

/* A variable that two paths set, used behind a test that needs both registers. */
static void test_variables_get_cells(void **state)
{
    const struct value *x = ir_variable(&ir), *msh = ir_msh(&ir, 30);
    const struct test *last = is(ir_load(&ir, 1, x, 1), 7, yes, no);
    const struct test *between = ir_test(&ir, CMP_EQ, ir_load(&ir, 1, msh, 0),
                                         ir_load(&ir, 1, msh, 2), last, no, why);
    const struct test *root = is(load(1, 0), 4, ir_let(&ir, x, ir_msh(&ir, 14), between, why),
                                 ir_let(&ir, x, ir_const(&ir, 40), between, why));
    u8 bytes[80] = { [0] = 4, [14] = 0x45, [21] = 7, [30] = 0x41, [41] = 9 };
    struct packet p = { .data = bytes, .caplen = 80, .len = 80 };
    struct program best = emit(root, false), literal = emit(root, true);

    assert_int_equal(bpf_run(best.insns, &p), 262144);
    assert_int_equal(bpf_run(literal.insns, &p), 262144);
    bytes[0] = 6;
    assert_int_equal(bpf_run(best.insns, &p), 0);
    bytes[41] = 7;
    assert_int_equal(bpf_run(best.insns, &p), 262144);
    assert_int_equal(bpf_run(literal.insns, &p), 262144);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_leaves, start),
        cmocka_unit_test_setup(test_registers_are_kept, start),
        cmocka_unit_test_setup(test_literal_forgets, start),
        cmocka_unit_test_setup(test_cells_hold_results, start),
        cmocka_unit_test_setup(test_cells_suffice_for_lopsided_values, start),
        cmocka_unit_test_setup(test_cells_run_out_with_a_message, start),
        cmocka_unit_test_setup(test_deep_values, start),
        cmocka_unit_test_setup(test_long_chains, start),
        cmocka_unit_test_setup(test_distances_at_the_reach_of_a_jump, start),
        cmocka_unit_test_setup(test_limits, start),
        cmocka_unit_test_setup(test_full_arena, start),
        cmocka_unit_test_setup(test_variables_get_cells, start),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
