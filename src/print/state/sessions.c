/* Memory between packets. */
#include "print/state/sessions.h"

void sessions_clear(struct sessions *s)
{
    tcp_flows_clear(&s->tcp, &s->memory);
    s->conversations = (struct conversations){ 0 };
    s->frame_ends = (struct frame_ends){ 0 };
    s->isakmp = (struct isakmp_peers){ 0 };
    s->nfs = (struct rpc_calls){ 0 };
}
