/*
 * The services of AFS and the operations of each.  OpenAFS: afsint.xg, afscbint.xg, ptint.xg,
 * vldbint.xg, kauth.rg, volint.xg, bosint.xg, ubik_int.xg.
 */
#include "base/name_table.h"
#include "base/port.h"
#include "print/proto/rx/rx.h"

NAMES(file_calls,
      (130, "fetch-data%f offset%u length%u") (131, "fetch-acl%f") (132, "fetch-status%f")
      (133, "store-data%f%S offset%u length%u flen%u") (134, "store-acl%f%A")
      (135, "store-status%f%S") (136, "remove-file%f%s") (137, "create-file%f%s%S")
      (138, "rename old%f%s new%f%s") (139, "symlink%f%s link to%s") (140, "link%f%s link to%f")
      (141, "makedir%f%s%S") (142, "rmdir%f%s") (143, "oldsetlock%f") (144, "oldextlock%f")
      (145, "oldrellock%f") (146, "get-stats") (147, "give-cbs") (148, "get-vlinfo%s")
      (149, "get-vlstats volid%u") (150, "set-vlstats volid%u") (151, "get-rootvl")
      (152, "check-token") (153, "get-time") (154, "nget-vlinfo volname%s") (155, "bulk-stat%F")
      (156, "setlock%f") (157, "extlock%f") (158, "rellock%f") (159, "xstat-ver") (160, "get-xstat")
      (161, "dfs-lookup") (162, "dfs-flushcps") (163, "dfs-symlink") (220, "residency")
      (65536, "inline-bulk-status%F") (65537, "fetch-data-64%f offset%q length%q")
      (65538, "store-data-64%f%S offset%q length%q flen%q") (65539, "give-up-all-cbs")
      (65540, "get-caps") (65541, "cb-rx-conn-addr addr%u"));

NAMES(file_replies, (131, "%A")(137, " new%f")(141, " new%f")(151, " root volume%s")(153, "%t"));

NAMES(callback_calls,
      (204, "callback%F%C") (205, "initcb") (206, "probe") (207, "getlock") (208, "getce")
      (209, "xstatver") (210, "getxstat") (211, "initcb2") (212, "whoareyou") (213, "initcb3")
      (214, "probeuuid afsuuid%U") (215, "getsrvprefs") (216, "getcellservdb") (217, "getlocalcell")
      (218, "getcacheconf") (65536, "getce64") (65537, "getcellbynum")
      (65538, "tellmeaboutyourself"));

NAMES(callback_replies, (213, "%U"));

NAMES(protection_calls,
      (500, "new-user%s id%d oldid%d") (501, "where-is-it id%d") (502, "dump-entry pos%d")
      (503, "add-to-group uid%d gid%d") (504, "name-to-id%N") (505, "id-to-name ids:%i")
      (506, "delete id%d") (507, "remove-from-group uid%d gid%d") (508, "get-cps id%d")
      (509, "new-entry%s flag%d oid%d") (510, "list-max") (511, "set-max id%d gflag%d")
      (512, "list-entry id%d") (513, "change-entry id%d%s oldid%d newid%d")
      (514, "list-elements id%d") (515, "same-mbr-of uid%d gid%d") (516, "set-fld-sentry")
      (517, "list-owned id%d") (518, "get-cps2 id%d") (519, "get-host-cps id%d")
      (520, "update-entry id%d%s") (521, "list-entries") (530, "list-super-groups id%d"));

NAMES(protection_replies,
      (504, " ids:%i") (505, "%N") (508, "%i") (510, " maxuid%d maxgid%d") (514, "%i") (517, "%i")
      (518, "%i") (519, "%i"));

NAMES(location_calls,
      (501, "create-entry%n") (502, "delete-entry volid%d%T") (503, "get-entry-by-id volid%d%T")
      (504, "get-entry-by-name%s") (505, "get-new-volume-id bump%d")
      (506, "replace-entry volid%d%T%n") (507, "update-entry volid%d%T") (508, "setlock volid%d%T")
      (509, "releaselock volid%d%T") (510, "list-entry index%d") (511, "list-attrib")
      (512, "linked-list") (513, "get-stats") (514, "probe") (515, "get-addrs") (516, "change-addr")
      (517, "create-entry-n%n") (518, "get-entry-by-id-n volid%d%T") (519, "get-entry-by-name-n%s")
      (520, "replace-entry-n volid%d%T%n") (521, "list-entry-n index%d") (522, "list-attrib-n")
      (523, "linked-list-n") (524, "update-entry-by-name%s") (525, "create-entry-u")
      (526, "get-entry-by-id-u") (527, "get-entry-by-name-u%s") (528, "replace-entry-u")
      (529, "list-entry-u") (530, "list-attrib-u") (531, "linked-list-u") (532, "regaddr")
      (533, "get-addrs-u") (534, "list-attrib-n2"));

NAMES(location_replies,
      (503, "%e") (504, "%e") (505, " newvol%u") (510, " count%d nextindex%d%e") (518, "%E")
      (519, "%E") (521, " count%d nextindex%d%E") (526, "%G") (527, "%G")
      (529, " count%d nextindex%d%E"));

NAMES(authentication_calls,
      (1, "auth-old principal%s%s") (2, "change-pw principal%s%s")
      (3, "get-ticket-old kvno%d domain%s%x principal%s%s") (4, "set-pw principal%s%s kvno%d")
      (5, "set-fields principal%s%s") (6, "create-user principal%s%s")
      (7, "delete-user principal%s%s") (8, "get-entry principal%s%s") (9, "list-entry")
      (10, "get-stats") (11, "debug") (12, "get-pw name%s") (13, "get-random-key")
      (14, "unlock principal%s%s") (15, "lock-status principal%s%s")
      (21, "authenticate principal%s%s") (22, "authenticate-v2 principal%s%s")
      (23, "get-ticket kvno%d domain%s%x principal%s%s"));

NAMES(volume_calls,
      (100, "create-volume partition%u name%s type%u parent%u") (101, "delete-volume trans%u")
      (102, "restore totrans%u flags%u") (103, "forward fromtrans%u fromdate%t%v desttrans%d")
      (104, "end-trans trans%u") (105, "clone trans%u purgevol%u newtype%u newname%s")
      (106, "set-flags trans%u flags%u") (107, "get-flags trans%u")
      (108, "trans-create vol%u partition%u flags%u") (109, "dump fromtrans%u fromdate%t")
      (110, "get-nth-volume index%u") (111, "set-forwarding tid%u newsite%u") (112, "get-name tid")
      (113, "get-status tid") (114, "sig-restore name%s type%u pid%u cloneid%u")
      (115, "list-partitions") (116, "list-volumes partition%u flags%u")
      (117, "set-id-types tid%u name%s type%u pid%u clone%u backup%u") (118, "monitor")
      (119, "partition-info name%s") (120, "reclone tid%u")
      (121, "list-one-volume partid%u volid%u") (122, "nuke partid%u volid%u")
      (123, "set-date tid%u date%t") (124, "x-list-volumes partid%u volid%u")
      (125, "x-list-one-volume partid%u volid%u") (126, "set-info tid%u") (127, "x-list-partitions")
      (128, "forward-multiple fromtrans%u fromdate%t%V") (65536, "convert-ro partid%u volid%u")
      (65537, "get-size") (65538, "dump-v2 fromtrans%u fromdate%t flags%u"));

NAMES(volume_replies,
      (100, " volid%u trans%u") (104, "%u") (105, " newvol%u") (107, "%u") (108, " trans%u")
      (110, " volume%u partition%u") (112, "%s")
      (113, " volid%u nextuniq%u type%u parentid%u clone%u backup%u restore%u maxquota%u minquota%u owner%u"
            " create%t access%t update%t expire%t backup%t copy%t")
      (116, "%L") (121, "%L"));

NAMES(overseer_calls,
      (80, "create-bnode type%s instance%s") (81, "delete-bnode%s") (82, "set-status%s status%d")
      (83, "get-status%s") (84, "enumerate-instance%d") (85, "get-instance-info%s")
      (86, "get-instance-parm%s num%d") (87, "add-superuser%s") (88, "delete-superuser%s")
      (89, "list-superusers%d") (90, "list-keys%d") (91, "add-key%d") (92, "delete-key%d")
      (93, "set-cell-name%s") (94, "get-cell-name") (95, "get-cell-host%d") (96, "add-cell-host%s")
      (97, "delete-cell-host%s") (98, "set-t-status%s status%d") (99, "shutdown-all")
      (100, "restart-all") (101, "startup-all") (102, "set-noauth-flag") (103, "re-bozo")
      (104, "restart%s") (105, "start-bozo-install%s size%d flags%d date%d") (106, "uninstall%s")
      (107, "get-dates") (108, "exec%s") (109, "prune") (110, "set-restart-time")
      (111, "get-restart-time") (112, "start-bozo-log%s") (113, "wait-all")
      (114, "get-instance-strings%s") (115, "get-restricted") (116, "set-restricted"));

SHARED_NAMES(rx_ubik_calls,
      (10000, "vote-beacon%y votestart%t dbversion%p tid%p") (10001, "vote-debug-old")
      (10002, "vote-sdebug-old") (10003, "vote-getsyncsite site%u") (10004, "vote-debug")
      (10005, "vote-sdebug") (10006, "vote-xdebug") (10007, "vote-xsdebug")
      (20000, "disk-begin tid%p") (20001, "disk-commit tid%p")
      (20002, "disk-lock tid%p file%d pos%d length%d%_") (20003, "disk-write tid%p file%d pos%d")
      (20004, "disk-getversion") (20005, "disk-getfile file%d")
      (20006, "disk-sendfile file%d length%d dbversion%p") (20007, "disk-abort tid%p")
      (20008, "disk-releaselocks tid%p") (20009, "disk-truncate tid%p file%d length%d")
      (20010, "disk-probe tid%p") (20011, "disk-writev")
      (20012, "disk-interfaceaddr tid%p oldversion%p newversion%p") (20013, "disk-setversion"));

SHARED_NAMES(rx_ubik_replies, (10000, " vote no")(20004, " dbversion%p"));

static const struct rx_service services[] = {
    { PORT_AFS_FILE, 256, 0, false, false, "fs", &file_calls.names, &file_replies.names },
    { PORT_AFS_CALLBACK, 0, 0, false, false, "cb", &callback_calls.names, &callback_replies.names },
    { PORT_AFS_PROTECTION, 64, 64, true, true, "pt", &protection_calls.names,
      &protection_replies.names },
    { PORT_AFS_LOCATION, 65, 65, true, true, "vldb", &location_calls.names,
      &location_replies.names },
    { PORT_AFS_AUTHENTICATION, 64, 0, false, true, "kauth", &authentication_calls.names,
      &no_names },
    { PORT_AFS_VOLUME, 256, 32, false, false, "vol", &volume_calls.names, &volume_replies.names },
    { PORT_AFS_OVERSEER, 256, 0, false, false, "bos", &overseer_calls.names, &no_names },
};

const struct rx_service *rx_service_at(u16 port)
{
    for (size_t i = 0; i < countof(services); i++)
        if (services[i].port == port)
            return &services[i];
    return NULL;
}
