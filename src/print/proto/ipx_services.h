/* The names of IPX services. */
#ifndef PRINT_PROTO_IPX_SERVICES_H
#define PRINT_PROTO_IPX_SERVICES_H

#include "base/types.h"

/* The name of a SAP service type, or NULL. */
const char *ipx_service(u16 type);

#endif
