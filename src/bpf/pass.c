/* The list of passes. */
#include "bpf/pass.h"

const struct pass passes[] = {
    { "thread", "edges go past the tests whose answer is known on them", pass_thread, true },
    { "group", "tests of one value come together and become one decision", pass_group, true },
    { "narrow", "prefixes become bounds, loads shrink to the bytes that matter", pass_narrow, false },
    { "merge", "parts that differ only in where the fields are become one", pass_merge, false },
    { NULL, NULL, NULL, false },
};

/* How often passes may be repeated: most graphs settle at once. */
enum { ROUNDS = 4 };

const struct test *pass_all(struct ir *ir, const struct test *root)
{
    const struct test *before = NULL;

    for (int round = 0; round < ROUNDS && root != before && !ir->arena->full; round++) {
        before = root;
        for (const struct pass *p = passes; p->name != NULL; p++)
            if (p->repeats)
                root = p->run(ir, root);
    }
    for (const struct pass *p = passes; p->name != NULL; p++)
        if (!p->repeats)
            root = p->run(ir, root);
    return root;
}
