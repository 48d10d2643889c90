/* A resolver for tests: hosts, ethers and networks from given files, services and protocols from
 * the system. */
#ifndef DIFF_FILE_NAMES_H
#define DIFF_FILE_NAMES_H

#include "names/resolver.h"

/* `directory` holds files named hosts, ethers and networks; NULL, or a missing file, means none. */
const struct resolver *file_names(const char *directory);

#endif
