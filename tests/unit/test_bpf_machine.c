/* The machine: opcodes, rules, runs, steps, listings. */
#include "unit.h"

#include "base/mem.h"
#include "bpf/list.h"
#include "bpf/validate.h"
#include "bpf/vm.h"

static const u8 bytes[] = { 0x00, 0x11, 0x22, 0x33, 0x44, 0x45, 0xff, 0x80 };

static struct packet a_packet(void)
{
    return (struct packet){ .data = bytes,
                            .caplen = sizeof bytes,
                            .len = 100,
                            .meta = { .vlan_tci = 0x6007,
                                      .vlan_tpid = 0x88a8,
                                      .vlan_present = true,
                                      .pkttype = 4,
                                      .protocol = 0x800,
                                      .hatype = 1,
                                      .ifindex = 3 } };
}

/* Runs, runs fused, and steps; all must agree. */
static u32 result_of(const struct bpf_insn *program, u32 n, enum bpf_stop expected)
{
    struct packet p = a_packet();
    struct bpf_machine m = bpf_start();

    assert_true(bpf_is_valid(program, n, NULL));
    while (bpf_step(&m, program, n, &p))
        continue;
    assert_int_equal(m.stop, expected);
    assert_int_equal(m.result, bpf_run(program, &p));
    struct bpf_fused fused[64];
    assert_true(n <= countof(fused));
    bpf_fuse(fused, program, n);
    assert_int_equal(m.result, bpf_run_fused(fused, &p));
    assert_false(bpf_step(&m, program, n, &p));
    return m.result;
}

/* ret A behind up to three instructions. */
static u32 a_after(struct bpf_insn one, struct bpf_insn two, struct bpf_insn three)
{
    const struct bpf_insn program[] = { one, two, three, { BPF_RET_A, 0, 0, 0 } };
    return result_of(program, countof(program), BPF_RETURNED);
}

static struct bpf_insn insn(u16 code, u32 k)
{
    return (struct bpf_insn){ .code = code, .k = k };
}

static const struct bpf_insn nothing = { .code = BPF_JA };

static void test_loads(void **state)
{
    assert_int_equal(a_after(insn(BPF_LD_W_ABS, 1), nothing, nothing), 0x11223344);
    assert_int_equal(a_after(insn(BPF_LD_H_ABS, 6), nothing, nothing), 0xff80);
    assert_int_equal(a_after(insn(BPF_LD_B_ABS, 7), nothing, nothing), 0x80);
    assert_int_equal(a_after(insn(BPF_LDX_IMM, 2), insn(BPF_LD_W_IND, 1), nothing), 0x334445ff);
    assert_int_equal(a_after(insn(BPF_LDX_IMM, 0xffffffff), insn(BPF_LD_H_IND, 7), nothing),
                     0xff80);
    assert_int_equal(a_after(insn(BPF_LDX_IMM, 3), insn(BPF_LD_B_IND, 4), nothing), 0x80);
    assert_int_equal(a_after(insn(BPF_LDX_MSH, 5), insn(BPF_TXA, 0), nothing), 20);
    assert_int_equal(a_after(insn(BPF_LDX_MSH, 6), insn(BPF_TXA, 0), nothing), 60);
    assert_int_equal(a_after(insn(BPF_LD_LEN, 0), nothing, nothing), 100);
    assert_int_equal(a_after(insn(BPF_LDX_LEN, 0), insn(BPF_TXA, 0), nothing), 100);
    assert_int_equal(a_after(insn(BPF_LD_IMM, 7), insn(BPF_ST, 15), insn(BPF_LD_MEM, 15)), 7);
    assert_int_equal(a_after(insn(BPF_LDX_IMM, 9), insn(BPF_STX, 0), insn(BPF_LD_MEM, 0)), 9);
}

static void test_metadata(void **state)
{
    static const struct {
        u32 ad, value;
    } rows[] = {
        { BPF_AD_PROTOCOL, 0x800 },   { BPF_AD_PKTTYPE, 4 },       { BPF_AD_IFINDEX, 3 },
        { BPF_AD_HATYPE, 1 },         { BPF_AD_VLAN_TAG, 0x6007 }, { BPF_AD_VLAN_TAG_PRESENT, 1 },
        { BPF_AD_VLAN_TPID, 0x88a8 },
    };
    for (size_t i = 0; i < countof(rows); i++)
        assert_int_equal(a_after(insn(BPF_LD_B_ABS, BPF_AD_OFF + rows[i].ad), nothing, nothing),
                         rows[i].value);
    assert_int_equal(a_after(insn(BPF_LD_IMM, 0xf0), insn(BPF_LDX_IMM, 0xff),
                             insn(BPF_LD_W_ABS, BPF_AD_OFF + BPF_AD_ALU_XOR_X)),
                     0x0f);
}

static void test_arithmetic(void **state)
{
    static const struct {
        u16 code;
        u32 a, b, result;
    } rows[] = {
        { BPF_ADD_K, 0xffffffff, 2, 1 },
        { BPF_SUB_K, 1, 2, 0xffffffff },
        { BPF_MUL_K, 0x10001, 0x10001, 0x20001 },
        { BPF_DIV_K, 7, 2, 3 },
        { BPF_MOD_K, 7, 4, 3 },
        { BPF_AND_K, 0xf0, 0x3c, 0x30 },
        { BPF_OR_K, 0xf0, 0x0f, 0xff },
        { BPF_XOR_K, 0xff, 0x0f, 0xf0 },
        { BPF_LSH_K, 3, 31, 0x80000000 },
        { BPF_RSH_K, 0x80000000, 31, 1 },
    };
    for (size_t i = 0; i < countof(rows); i++) {
        struct bpf_insn with_x = insn(rows[i].code | 0x08, 0);
        assert_int_equal(
            a_after(insn(BPF_LD_IMM, rows[i].a), insn(rows[i].code, rows[i].b), nothing),
            rows[i].result);
        assert_int_equal(a_after(insn(BPF_LD_IMM, rows[i].a), insn(BPF_LDX_IMM, rows[i].b), with_x),
                         rows[i].result);
    }
    assert_int_equal(a_after(insn(BPF_LD_IMM, 1), insn(BPF_NEG, 0), nothing), 0xffffffff);
    /* As in the kernel: counts are taken modulo 32. */
    assert_int_equal(a_after(insn(BPF_LD_IMM, 5), insn(BPF_LDX_IMM, 33), insn(BPF_LSH_X, 0)), 10);
    assert_int_equal(a_after(insn(BPF_LD_IMM, 5), insn(BPF_LDX_IMM, 32), insn(BPF_RSH_X, 0)), 5);
}

static void test_jumps(void **state)
{
    static const struct {
        u16 code;
        u32 a, b;
        bool yes;
    } rows[] = {
        { BPF_JEQ_K, 5, 5, true },          { BPF_JEQ_K, 5, 6, false },
        { BPF_JGT_K, 6, 5, true },          { BPF_JGT_K, 5, 5, false },
        { BPF_JGE_K, 5, 5, true },          { BPF_JGE_K, 4, 5, false },
        { BPF_JSET_K, 6, 2, true },         { BPF_JSET_K, 6, 9, false },
        { BPF_JGT_K, 0x80000000, 1, true }, { BPF_JGE_K, 1, 0xffffffff, false },
    };
    for (size_t i = 0; i < countof(rows); i++) {
        struct bpf_insn program[] = { insn(BPF_LD_IMM, rows[i].a),
                                      insn(BPF_LDX_IMM, rows[i].b),
                                      { rows[i].code, 1, 0, rows[i].b },
                                      insn(BPF_RET_K, 1),
                                      insn(BPF_RET_K, 2) };
        assert_int_equal(result_of(program, countof(program), BPF_RETURNED), rows[i].yes ? 2 : 1);
        program[2].code |= 0x08;
        assert_int_equal(result_of(program, countof(program), BPF_RETURNED), rows[i].yes ? 2 : 1);
    }
}

/* A and X start as zero; loads past the end and divisions by zero reject. */
static void test_ends(void **state)
{
    static const struct {
        struct bpf_insn insn;
        enum bpf_stop stop;
    } rows[] = {
        { { BPF_LD_W_ABS, 0, 0, 4 }, BPF_RETURNED },
        { { BPF_LD_W_ABS, 0, 0, 5 }, BPF_OUT_OF_PACKET },
        { { BPF_LD_H_ABS, 0, 0, 6 }, BPF_RETURNED },
        { { BPF_LD_H_ABS, 0, 0, 7 }, BPF_OUT_OF_PACKET },
        { { BPF_LD_B_ABS, 0, 0, 7 }, BPF_RETURNED },
        { { BPF_LD_B_ABS, 0, 0, 8 }, BPF_OUT_OF_PACKET },
        { { BPF_LD_W_ABS, 0, 0, 0x7fffffff }, BPF_OUT_OF_PACKET },
        { { BPF_LD_W_ABS, 0, 0, BPF_LL_OFF }, BPF_OUT_OF_PACKET },
        { { BPF_LD_W_IND, 0, 0, 5 }, BPF_OUT_OF_PACKET },
        { { BPF_LD_H_IND, 0, 0, 7 }, BPF_OUT_OF_PACKET },
        { { BPF_LD_B_IND, 0, 0, 8 }, BPF_OUT_OF_PACKET },
        { { BPF_LD_W_IND, 0, 0, 0xfffffffe }, BPF_OUT_OF_PACKET },
        { { BPF_LDX_MSH, 0, 0, 8 }, BPF_OUT_OF_PACKET },
        { { BPF_DIV_X, 0, 0, 0 }, BPF_DIVIDED_BY_ZERO },
        { { BPF_MOD_X, 0, 0, 0 }, BPF_DIVIDED_BY_ZERO },
    };
    for (size_t i = 0; i < countof(rows); i++) {
        const struct bpf_insn program[] = { rows[i].insn, insn(BPF_RET_K, 5) };
        assert_int_equal(result_of(program, countof(program), rows[i].stop),
                         rows[i].stop == BPF_RETURNED ? 5 : 0);
    }
    const struct bpf_insn start[] = { insn(BPF_ADD_X, 0), insn(BPF_RET_A, 0) };
    assert_int_equal(result_of(start, countof(start), BPF_RETURNED), 0);
}

static void test_step_shows_what_it_touches(void **state)
{
    const struct bpf_insn program[] = { insn(BPF_LD_H_ABS, 3), insn(BPF_ST, 2),
                                        insn(BPF_RET_K, 1) };
    struct packet p = a_packet();
    struct bpf_machine m = bpf_start();

    assert_true(bpf_step(&m, program, 3, &p));
    assert_int_equal(m.touched_at, 3);
    assert_int_equal(m.touched_len, 2);
    assert_int_equal(m.a, 0x3344);
    assert_true(bpf_step(&m, program, 3, &p));
    assert_int_equal(m.touched_len, 0);
    assert_int_equal(m.known_cells, 1 << 2);
    assert_int_equal(m.cell[2], 0x3344);
    assert_false(bpf_step(&m, program, 3, &p));
    assert_int_equal(m.pc, 2);
    assert_int_equal(m.steps, 3);
}

/* Stepping needs no valid program. */
static void test_step_survives_nonsense(void **state)
{
    const struct bpf_insn programs[][2] = {
        { { 0xffff, 0, 0, 0 }, { BPF_RET_K, 0, 0, 1 } },
        { { BPF_JA, 0, 0, 0xffffffff }, { BPF_RET_K, 0, 0, 1 } },
        { { BPF_JEQ_K, 255, 255, 0 }, { BPF_RET_K, 0, 0, 1 } },
        { { BPF_LD_MEM, 0, 0, 16 }, { BPF_RET_K, 0, 0, 1 } },
        { { BPF_STX, 0, 0, 0x80000000 }, { BPF_RET_K, 0, 0, 1 } },
        { { BPF_LD_IMM, 0, 0, 0 }, { BPF_LD_IMM, 0, 0, 0 } },
    };
    struct packet p = a_packet();

    for (size_t i = 0; i < countof(programs); i++) {
        struct bpf_machine m = bpf_start();
        while (bpf_step(&m, programs[i], 2, &p))
            continue;
        assert_int_equal(m.stop, BPF_BROKEN);
        assert_int_equal(m.result, 0);
    }
    struct bpf_machine m = bpf_start();
    assert_false(bpf_step(&m, programs[0], 0, &p));
}

/* Each is what the rule says when it is the first of two, before a return. */
static void test_rules(void **state)
{
    static const struct {
        struct bpf_insn insn;
        bool valid;
    } rows[] = {
        { { BPF_LD_IMM, 0, 0, 0 }, true },
        { { 0x08, 0, 0, 0 }, false },
        { { 0x100, 0, 0, 0 }, false },
        { { 0x0e, 0, 0, 0 }, false }, /* ret X */
        { { BPF_DIV_K, 0, 0, 1 }, true },
        { { BPF_DIV_K, 0, 0, 0 }, false },
        { { BPF_MOD_K, 0, 0, 0 }, false },
        { { BPF_LSH_K, 0, 0, 31 }, true },
        { { BPF_LSH_K, 0, 0, 32 }, false },
        { { BPF_RSH_K, 0, 0, 32 }, false },
        { { BPF_ST, 0, 0, 15 }, true },
        { { BPF_ST, 0, 0, 16 }, false },
        { { BPF_STX, 0, 0, 16 }, false },
        { { BPF_LD_MEM, 0, 0, 0 }, false },
        { { BPF_JA, 0, 0, 0 }, true },
        { { BPF_JA, 0, 0, 1 }, false },
        { { BPF_JA, 0, 0, 0xffffffff }, false },
        { { BPF_JEQ_K, 0, 0, 7 }, true },
        { { BPF_JEQ_K, 1, 0, 7 }, false },
        { { BPF_JEQ_X, 0, 1, 7 }, false },
        { { BPF_LD_W_ABS, 0, 0, 0xffffefff }, true },
        { { BPF_LD_W_ABS, 0, 0, 0xfffff000 }, true },
        { { BPF_LD_W_ABS, 0, 0, 0xfffff001 }, false },
        { { BPF_LD_H_ABS, 0, 0, 0xfffff03c }, true },
        { { BPF_LD_B_ABS, 0, 0, 0xfffff040 }, false },
        { { BPF_LD_W_IND, 0, 0, 0xfffff040 }, true },
        { { BPF_LDX_MSH, 0, 0, 0xfffff001 }, true },
    };
    for (size_t i = 0; i < countof(rows); i++) {
        const struct bpf_insn program[] = { rows[i].insn, insn(BPF_RET_K, 0) };
        struct bpf_fault fault = { 7, NULL };
        assert_int_equal(bpf_is_valid(program, countof(program), &fault), rows[i].valid);
        if (!rows[i].valid) {
            assert_int_equal(fault.at, 0);
            assert_non_null(fault.what);
        }
    }
}

static void test_whole_programs(void **state)
{
    static struct bpf_insn longest[BPF_INSNS_MAX + 1];
    const struct bpf_insn open[] = { insn(BPF_RET_K, 0), insn(BPF_LD_IMM, 0) };
    /* The cell is written on one of two paths only. */
    const struct bpf_insn half[] = {
        { BPF_JEQ_K, 0, 1, 0 }, insn(BPF_ST, 3), insn(BPF_LD_MEM, 3), insn(BPF_RET_A, 0)
    };
    const struct bpf_insn both[] = {
        { BPF_JEQ_K, 0, 2, 0 }, insn(BPF_ST, 3),     insn(BPF_JA, 1),
        insn(BPF_STX, 3),       insn(BPF_LD_MEM, 3), insn(BPF_RET_A, 0)
    };
    struct bpf_fault fault;

    assert_false(bpf_is_valid(open, 0, &fault));
    assert_false(bpf_is_valid(open, 2, &fault));
    assert_true(bpf_is_valid(open, 1, NULL));
    assert_false(bpf_is_valid(half, countof(half), &fault));
    assert_int_equal(fault.at, 2);
    assert_true(bpf_is_valid(both, countof(both), NULL));
    for (u32 i = 0; i <= BPF_INSNS_MAX; i++)
        longest[i] = insn(BPF_RET_K, 0);
    assert_true(bpf_is_valid(longest, BPF_INSNS_MAX, NULL));
    assert_false(bpf_is_valid(longest, BPF_INSNS_MAX + 1, &fault));
    assert_true(bpf_is_runnable(longest, BPF_INSNS_MAX + 1, NULL));
}

/* Lines as tcpdump -d, -dd and -ddd print them; the differential tests compare every opcode. */
static void test_listing(void **state)
{
    const struct bpf_insn program[] = { insn(BPF_LD_H_ABS, 12),
                                        { BPF_JEQ_K, 0, 1, 0x800 },
                                        insn(BPF_RET_K, 262144),
                                        insn(BPF_RET_K, 0) };
    char buffer[1000];
    struct out o = out_fixed(buffer, sizeof buffer);

    bpf_list(&o, program, countof(program));
    assert_text(&o, "(000) ldh      [12]\n"
                    "(001) jeq      #0x800           jt 2\tjf 3\n"
                    "(002) ret      #262144\n"
                    "(003) ret      #0\n");
    o = out_fixed(buffer, sizeof buffer);
    bpf_list_c(&o, program, countof(program));
    assert_text(&o, "{ 0x28, 0, 0, 0x0000000c },\n"
                    "{ 0x15, 0, 1, 0x00000800 },\n"
                    "{ 0x6, 0, 0, 0x00040000 },\n"
                    "{ 0x6, 0, 0, 0x00000000 },\n");
    o = out_fixed(buffer, sizeof buffer);
    bpf_list_decimal(&o, program, countof(program));
    assert_text(&o, "4\n40 0 0 12\n21 0 1 2048\n6 0 0 262144\n6 0 0 0\n");
}

/* Every opcode has its row, in ascending order, with a text for learners. */
static void test_opcodes(void **state)
{
    static const struct {
        u16 code;
        const char *mnemonic, *text;
    } rows[] = {
#define INSN(name, code, flow, mnemonic, operand, text) { code, mnemonic, text },
#include "bpf/insn.def"
#undef INSN
    };
    for (size_t i = 0; i < countof(rows); i++) {
        const struct bpf_opcode *o = bpf_opcode(rows[i].code);
        assert_non_null(o);
        assert_string_equal(o->mnemonic, rows[i].mnemonic);
        assert_true(i == 0 || rows[i - 1].code < rows[i].code);
        assert_true(strlen(rows[i].text) > 4);
    }
    assert_null(bpf_opcode(0x08));
    assert_null(bpf_opcode(0xffff));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_loads),
        cmocka_unit_test(test_metadata),
        cmocka_unit_test(test_arithmetic),
        cmocka_unit_test(test_jumps),
        cmocka_unit_test(test_ends),
        cmocka_unit_test(test_step_shows_what_it_touches),
        cmocka_unit_test(test_step_survives_nonsense),
        cmocka_unit_test(test_rules),
        cmocka_unit_test(test_whole_programs),
        cmocka_unit_test(test_listing),
        cmocka_unit_test(test_opcodes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
