/* Values and tests: made once, normalised, and meaning what was asked for. */
#include "unit.h"

#include <stdlib.h>

#include "bpf/ir.h"
#include "graphs.h"
#include "packets.h"

static const struct reason why = { { 0, 0 }, "test" };

static struct ir fresh(struct arena *arena)
{
    static char block[8 << 20];
    struct ir ir;

    *arena = arena_over(block, sizeof block);
    ir_start(&ir, arena);
    return ir;
}

static void test_equal_things_are_one(void **state)
{
    struct arena arena;
    struct ir ir = fresh(&arena);
    const struct value *load = ir_load(&ir, 2, NULL, 12);

    assert_ptr_equal(load, ir_load(&ir, 2, ir_const(&ir, 10), 2));
    assert_ptr_not_equal(load, ir_load(&ir, 1, NULL, 12));
    assert_ptr_equal(ir_load(&ir, 1, ir_alu(&ir, ALU_ADD, ir_msh(&ir, 14), ir_const(&ir, 4)), 1),
                     ir_load(&ir, 1, ir_msh(&ir, 14), 5));
    assert_ptr_equal(ir_test(&ir, CMP_EQ, load, ir_const(&ir, 1), ir.accept, ir.reject, why),
                     ir_test(&ir, CMP_EQ, ir_const(&ir, 1), load, ir.accept, ir.reject, why));
    assert_ptr_not_equal(ir_variable(&ir), ir_variable(&ir));
    /* More than the tables begin with: they grow and still find everything. */
    for (u32 i = 0; i < 5000; i++)
        ir_load(&ir, 4, NULL, i);
    u32 count = ir.value_count;
    for (u32 i = 0; i < 5000; i++)
        ir_load(&ir, 4, NULL, i);
    assert_int_equal(ir.value_count, count);
}

static void test_arithmetic_folds(void **state)
{
    struct arena arena;
    struct ir ir = fresh(&arena);
    const struct value *byte = ir_load(&ir, 1, NULL, 14), *word = ir_load(&ir, 4, NULL, 14);
    const struct value *four = ir_const(&ir, 4), *two = ir_const(&ir, 2);

    assert_ptr_equal(ir_alu(&ir, ALU_ADD, two, two), four);
    assert_ptr_equal(ir_alu(&ir, ALU_LSH, ir_alu(&ir, ALU_AND, byte, ir_const(&ir, 15)), two),
                     ir_msh(&ir, 14));
    assert_ptr_equal(ir_alu(&ir, ALU_MUL, ir_alu(&ir, ALU_AND, byte, ir_const(&ir, 15)), four),
                     ir_msh(&ir, 14));
    assert_ptr_equal(ir_alu(&ir, ALU_AND, byte, ir_const(&ir, 0x1ff)), byte);
    assert_ptr_equal(ir_alu(&ir, ALU_SUB, ir_alu(&ir, ALU_ADD, word, four), four), word);
    assert_ptr_equal(ir_alu(&ir, ALU_RSH, ir_alu(&ir, ALU_AND, byte, ir_const(&ir, 0xf0)), four),
                     ir_alu(&ir, ALU_RSH, byte, four));
    assert_ptr_equal(ir_alu(&ir, ALU_XOR, word, word), ir_const(&ir, 0));
    assert_ptr_equal(ir_alu(&ir, ALU_NEG, ir_alu(&ir, ALU_NEG, word, NULL), NULL), word);
    assert_int_equal(ir_alu(&ir, ALU_ADD, byte, byte)->mask, 0x1ff);
}

static void test_aborts_are_known(void **state)
{
    struct arena arena;
    struct ir ir = fresh(&arena);
    const struct value *load = ir_load(&ir, 1, NULL, 0);

    assert_true(load->can_abort);
    assert_false(ir_len(&ir)->can_abort);
    assert_true(
        ir_alu(&ir, ALU_DIV, ir_len(&ir), ir_alu(&ir, ALU_AND, ir_len(&ir), ir_const(&ir, 6)))
            ->can_abort);
    assert_false(ir_alu(&ir, ALU_DIV, ir_len(&ir), ir_const(&ir, 3))->can_abort);
    assert_true(ir_alu(&ir, ALU_DIV, ir_len(&ir), ir_const(&ir, 0))->doomed);
    assert_true(ir_load(&ir, 1, NULL, 0xfffff004)->doomed);
    assert_ptr_equal(ir_test(&ir, CMP_EQ, ir_load(&ir, 1, NULL, 0xfffff004), ir_const(&ir, 0),
                             ir.accept, ir.accept, why),
                     ir.reject);
    /* The test of a load whose exits are equal stays: it rejects short packets. */
    assert_ptr_not_equal(ir_test(&ir, CMP_EQ, load, ir_const(&ir, 0), ir.accept, ir.accept, why),
                         ir.accept);
    assert_ptr_equal(ir_test(&ir, CMP_EQ, ir_len(&ir), ir_const(&ir, 0), ir.accept, ir.accept, why),
                     ir.accept);
}

static void test_comparisons_fold(void **state)
{
    struct arena arena;
    struct ir ir = fresh(&arena);
    const struct value *byte = ir_load(&ir, 1, NULL, 3), *half = ir_load(&ir, 2, NULL, 8);
    const struct test *yes = ir.accept, *no = ir.reject;
    const struct value *flags = ir_alu(&ir, ALU_AND, byte, ir_const(&ir, 2));

    /* Never and always. */
    assert_ptr_equal(ir_test(&ir, CMP_EQ, byte, ir_const(&ir, 256), yes, no, why), no);
    assert_ptr_equal(ir_test(&ir, CMP_GT, byte, ir_const(&ir, 255), yes, no, why), no);
    assert_ptr_equal(ir_test(&ir, CMP_GE, byte, ir_const(&ir, 0), yes, no, why), yes);
    assert_ptr_equal(ir_test(&ir, CMP_GT, ir_len(&ir), ir_const(&ir, 0xffffffff), yes, no, why),
                     no);
    assert_ptr_equal(ir_test(&ir, CMP_SET, byte, ir_const(&ir, 0xff00), yes, no, why), no);
    /* One spelling. */
    assert_ptr_equal(ir_test(&ir, CMP_GT, half, ir_const(&ir, 5), yes, no, why),
                     ir_test(&ir, CMP_GE, half, ir_const(&ir, 6), yes, no, why));
    assert_ptr_equal(ir_test(&ir, CMP_GT, ir_const(&ir, 5), half, yes, no, why),
                     ir_test(&ir, CMP_GE, half, ir_const(&ir, 5), no, yes, why));
    assert_ptr_equal(ir_test(&ir, CMP_EQ, flags, ir_const(&ir, 2), yes, no, why),
                     ir_test(&ir, CMP_EQ, flags, ir_const(&ir, 0), no, yes, why));
    assert_int_equal(ir_test(&ir, CMP_EQ, flags, ir_const(&ir, 2), yes, no, why)->op, CMP_SET);
    /* Arithmetic moves into the number. */
    assert_ptr_equal(ir_test(&ir, CMP_EQ, ir_alu(&ir, ALU_ADD, half, ir_const(&ir, 3)),
                             ir_const(&ir, 10), yes, no, why),
                     ir_test(&ir, CMP_EQ, half, ir_const(&ir, 7), yes, no, why));
    assert_ptr_equal(ir_test(&ir, CMP_EQ, ir_alu(&ir, ALU_LSH, byte, ir_const(&ir, 2)),
                             ir_const(&ir, 21), yes, no, why),
                     no);
    assert_ptr_equal(
        ir_test(&ir, CMP_EQ, ir_alu(&ir, ALU_SUB, half, byte), ir_const(&ir, 0), yes, no, why),
        ir_test(&ir, CMP_EQ, half, byte, yes, no, why));
}

/* Interpreting what the makers made gives what was asked, on random values and packets. */
static void test_folding_keeps_the_meaning(void **state)
{
    u64 random = 12345;

    for (int round = 0; round < 4000; round++) {
        struct arena arena;
        struct ir ir = fresh(&arena);
        u8 bytes[32];
        for (size_t i = 0; i < sizeof bytes; i++)
            bytes[i] = (u8)(packets_random(&random) % 3 == 0 ? packets_random(&random)
                                                             : packets_random(&random) % 6);
        const struct packet p = { .data = bytes,
                                  .caplen = sizeof bytes,
                                  .len = packets_random(&random) % 100 };
        /* A chain of operations, computed beside. */
        u32 size = 1u << packets_random(&random) % 3, at = packets_random(&random) % 28;
        const struct value *v = ir_load(&ir, (u8)size, NULL, at);
        u32 n = 0;
        for (u32 i = 0; i < size; i++)
            n = n << 8 | bytes[at + i];
        for (u32 steps = packets_random(&random) % 5; steps > 0; steps--) {
            enum alu_op op = (enum alu_op)(packets_random(&random) % (ALU_NEG + 1));
            u32 k = packets_random(&random) % 3 == 0 ? packets_random(&random)
                                                     : packets_random(&random) % 40;
            k = op == ALU_DIV || op == ALU_MOD   ? k | 1
                : op == ALU_LSH || op == ALU_RSH ? k % 32
                                                 : k;
            v = ir_alu(&ir, op, v, op == ALU_NEG ? NULL : ir_const(&ir, k));
            switch (op) {
            case ALU_ADD: n += k; break;
            case ALU_SUB: n -= k; break;
            case ALU_MUL: n *= k; break;
            case ALU_DIV: n /= k; break;
            case ALU_MOD: n %= k; break;
            case ALU_AND: n &= k; break;
            case ALU_OR: n |= k; break;
            case ALU_XOR: n ^= k; break;
            case ALU_LSH: n <<= k; break;
            case ALU_RSH: n >>= k; break;
            case ALU_NEG: n = 0u - n; break;
            }
        }
        assert_int_equal(n & ~v->mask, 0);
        enum cmp op = (enum cmp)(packets_random(&random) % CMP_LET);
        u32 k = packets_random(&random) % 3 == 0 ? packets_random(&random)
                                                 : n + packets_random(&random) % 3 - 1;
        bool yes = op == CMP_EQ   ? n == k
                   : op == CMP_GT ? n > k
                   : op == CMP_GE ? n >= k
                                  : (n & k) != 0;
        const struct test *t = ir_test(&ir, op, v, ir_const(&ir, k), ir.accept, ir.reject, why);
        assert_int_equal(graphs_verdict(&ir, t, &p), yes ? ACCEPTED : REJECTED);
        const struct test *swapped = op == CMP_EQ || op == CMP_SET
                                         ? ir_test(&ir, op, ir_const(&ir, k), v, ir.accept,
                                                   ir.reject, why)
                                         : ir_test(&ir, op == CMP_GT ? CMP_GE : CMP_GT,
                                                   ir_const(&ir, k), v, ir.reject, ir.accept, why);
        assert_int_equal(graphs_verdict(&ir, swapped, &p), yes ? ACCEPTED : REJECTED);
    }
}

static void test_full_arena_is_harmless(void **state)
{
    char block[6000];
    struct arena arena = arena_over(block, sizeof block);
    struct ir ir;

    ir_start(&ir, &arena);
    for (u32 i = 0; i < 1000; i++) {
        const struct value *v = ir_alu(&ir, ALU_ADD, ir_load(&ir, 4, NULL, i),
                                       ir_load(&ir, 1, NULL, i));
        assert_non_null(ir_test(&ir, CMP_EQ, v, ir_const(&ir, i), ir.accept, ir.reject, why));
    }
    assert_true(arena.full);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_equal_things_are_one),
        cmocka_unit_test(test_arithmetic_folds),
        cmocka_unit_test(test_aborts_are_known),
        cmocka_unit_test(test_comparisons_fold),
        cmocka_unit_test(test_folding_keeps_the_meaning),
        cmocka_unit_test(test_full_arena_is_harmless),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
