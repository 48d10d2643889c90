/* The list of passes. */
#include "bpf/pass.h"

const struct pass passes[] = {
    { "thread", "edges go past the tests whose answer is known on them", pass_thread },
    { "group", "tests of one value come together and become one decision", pass_group },
    { NULL, NULL, NULL },
};

/* The list runs again while it changes something: most graphs settle at once. */
enum { ROUNDS = 4 };

const struct test *pass_all(struct ir *ir, const struct test *root)
{
    const struct test *before = NULL;

    for (int round = 0; round < ROUNDS && root != before && !ir->arena->full; round++) {
        before = root;
        for (const struct pass *p = passes; p->name != NULL; p++)
            root = p->run(ir, root);
    }
    return root;
}
