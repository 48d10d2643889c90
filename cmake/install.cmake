# cmake --install puts the program, its manual, completions and licence in the standard places; cpack makes
# packages of them: .deb, .rpm where rpmbuild is there, .tar.gz.
include(GNUInstallDirs)

option(SNIFTER_TCPDUMP_ALIAS "install the program under the name tcpdump as well" OFF)

install(TARGETS snifter RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
if(SNIFTER_TCPDUMP_ALIAS)
    install(CODE "file(CREATE_LINK snifter
        \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/${CMAKE_INSTALL_BINDIR}/tcpdump\" SYMBOLIC)")
endif()
install(FILES man/snifter.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES man/snifter-savefile.5 DESTINATION ${CMAKE_INSTALL_MANDIR}/man5)
install(FILES man/snifter-filter.7 DESTINATION ${CMAKE_INSTALL_MANDIR}/man7)
install(FILES completions/snifter.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions
    RENAME snifter)
set(zsh_functions site-functions)
if(EXISTS /etc/debian_version)
    set(zsh_functions vendor-completions) # Debian's zsh looks there
endif()
install(FILES completions/_snifter DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/${zsh_functions})
install(FILES completions/snifter.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} RENAME copyright)
install(FILES README.md CHANGELOG.md SECURITY.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(DIRECTORY docs DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES packaging/apparmor/usr.bin.snifter
    DESTINATION ${CMAKE_INSTALL_DATADIR}/apparmor/extra-profiles)

install(FILES ${PROJECT_BINARY_DIR}/snifter.spdx.json DESTINATION ${CMAKE_INSTALL_DOCDIR})

# -- packages
set(CPACK_PACKAGE_NAME snifter)
set(CPACK_PACKAGE_VENDOR "the snifter authors")
set(CPACK_PACKAGE_CONTACT "the snifter authors <snifter@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "capture packets, filter them in the kernel, print and save them")
set(CPACK_PACKAGE_DESCRIPTION "snifter does the work of tcpdump and libpcap in one binary without libraries.")
set(CPACK_RESOURCE_FILE_LICENSE ${PROJECT_SOURCE_DIR}/LICENSE)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES OFF) # the build has done that
set(CPACK_GENERATOR TGZ DEB)
find_program(RPMBUILD rpmbuild)
mark_as_advanced(RPMBUILD)
if(RPMBUILD)
    list(APPEND CPACK_GENERATOR RPM)
endif()

set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION net)
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS libcap2-bin)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
if(SNIFTER_STATIC)
    set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS OFF)
endif()
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA ${PROJECT_SOURCE_DIR}/packaging/debian/postinst)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)

set(CPACK_RPM_FILE_NAME RPM-DEFAULT)
set(CPACK_RPM_PACKAGE_LICENSE BSD-2-Clause)
set(CPACK_RPM_PACKAGE_GROUP Applications/Internet)
set(CPACK_RPM_POST_INSTALL_SCRIPT_FILE ${PROJECT_SOURCE_DIR}/packaging/rpm/post)
set(CPACK_RPM_EXCLUDE_FROM_AUTO_FILELIST_ADDITION
    /usr/share/man /usr/share/man/man1 /usr/share/man/man5 /usr/share/man/man7 /usr/share/apparmor
    /usr/share/apparmor/extra-profiles /usr/share/bash-completion /usr/share/bash-completion/completions
    /usr/share/zsh /usr/share/zsh/site-functions /usr/share/fish /usr/share/fish/vendor_completions.d)
set(CPACK_RPM_SPEC_MORE_DEFINE "%define _build_id_links none")
include(CPack)
