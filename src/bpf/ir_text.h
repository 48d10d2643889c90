/* Values and tests as text, for explanations.  Private to the module. */
#ifndef BPF_IR_TEXT_H
#define BPF_IR_TEXT_H

#include "base/out.h"
#include "bpf/ir.h"

/* `[12:2]` is a load of 2 bytes at 12, `[x1 + 16:2]` one at a variable place; x1 is a variable. */
void ir_write_value(const struct value *v, struct out *to);

/* `[12:2] == 0x800`; of a CMP_LET, `x1 := 40`. */
void ir_write_test(const struct test *t, struct out *to);

#endif
