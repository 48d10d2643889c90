/* Values and tests as text. */
#include "bpf/ir_text.h"

#include "base/format.h"
#include "bpf/list.h"

enum { DEPTH_MAX = 12, HEX_FROM = 16 };

static void write(const struct value *v, u32 depth, struct out *to);

static void constant(u32 k, struct out *to)
{
    out_format(to, k < HEX_FROM ? "%u" : "0x%x", k);
}

static void binary(const struct value *v, u32 depth, struct out *to)
{
    static const char *const ops[] = {
        [ALU_ADD] = "+", [ALU_SUB] = "-", [ALU_MUL] = "*",  [ALU_DIV] = "/",  [ALU_MOD] = "%",
        [ALU_AND] = "&", [ALU_OR] = "|",  [ALU_XOR] = "^",  [ALU_LSH] = "<<", [ALU_RSH] = ">>",
    };
    if (v->op == ALU_NEG) {
        out_text_z(to, "-");
        write(v->a, depth, to);
        return;
    }
    out_text_z(to, depth > 0 ? "(" : "");
    write(v->a, depth + 1, to);
    out_format(to, " %s ", ops[v->op]);
    write(v->b, depth + 1, to);
    out_text_z(to, depth > 0 ? ")" : "");
}

static void write(const struct value *v, u32 depth, struct out *to)
{
    if (depth > DEPTH_MAX) {
        out_text_z(to, "...");
        return;
    }
    switch (v->kind) {
    case VALUE_CONST: constant(v->k, to); break;
    case VALUE_LEN: out_text_z(to, "len"); break;
    case VALUE_LOAD:
        out_char(to, '[');
        if (v->a != NULL) {
            write(v->a, 0, to);
            out_text_z(to, " + ");
        }
        out_format(to, "%u:%u]", v->k, v->size);
        break;
    case VALUE_MSH: out_format(to, "4*([%u:1] & 0xf)", v->k); break;
    case VALUE_ALU: binary(v, depth, to); break;
    case VALUE_META: out_format(to, "[%s]", bpf_metadata_name(v->k)); break;
    case VALUE_VAR: out_format(to, "x%u", v->k); break;
    }
}

void ir_write_value(const struct value *v, struct out *to)
{
    write(v, 0, to);
}

void ir_write_test(const struct test *t, struct out *to)
{
    static const char *const signs[] = { [CMP_EQ] = "==", [CMP_GT] = ">", [CMP_GE] = ">=", [CMP_SET] = "&",
                                         [CMP_LET] = ":=" };
    if (t->op == CMP_LEAF) {
        out_text_z(to, t->accepts ? "accept" : "reject");
        return;
    }
    write(t->left, t->op == CMP_SET ? 1 : 0, to);
    out_format(to, " %s ", signs[t->op]);
    if (t->op == CMP_LET && t->right->kind == VALUE_CONST)
        out_format(to, "%u", t->right->k); /* a place in the packet */
    else
        write(t->right, 1, to);
    if (t->op == CMP_SET)
        out_text_z(to, " != 0");
}
