/* The options of DHCP, which BOOTP calls vendor extensions. */
#ifndef PRINT_PROTO_DHCP_OPTIONS_H
#define PRINT_PROTO_DHCP_OPTIONS_H

#include "print/dissect.h"

/* Prints the magic cookie that `v` begins with, and a line for each option behind it. */
void say_dhcp_options(struct dissect *d, struct view v);

#endif
