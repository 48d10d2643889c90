/* A build without names of its own: those of /etc must do. */
#include "names/builtin.h"

struct str builtin_services(void) { return STR_EMPTY; }
struct str builtin_protocols(void) { return STR_EMPTY; }
struct str builtin_hosts(void) { return STR_EMPTY; }
struct str builtin_networks(void) { return STR_EMPTY; }
