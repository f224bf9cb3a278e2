#!/bin/bash
# Makes the root file systems that stand for debian:SUITE and debian:SUITE-slim, with debootstrap.
#
#     prepare.sh BASES
#
# It needs root and Debian's archive. They differ from the official images by 0.4 to 1.1 % unpacked.
# `golang_1.27` is made from BASES/debian_trixie: the packages of buildpack-deps:trixie-scm, g++, gcc, libc6-dev,
# make and pkgconf in three layers, and the Go distribution at /usr/local/go in a fourth, each as folder layer-NN.
set -e
mkdir -p "$1"
cd "$1"
mirror=${MIRROR:?name the mirror of Debian, as in sources.list}
security=${SECURITY:?name the mirror of security updates}
for suite in bookworm trixie; do
debootstrap --variant=minbase "$suite" "rootfs-$suite" "$mirror"
for kind in full slim; do
  b=debian_$suite; [ $kind = slim ] && b=debian_$suite-slim; rm -rf $b; cp -a "rootfs-$suite" $b
  cat > $b/etc/apt/sources.list <<S
deb $mirror $suite main
deb $mirror $suite-updates main
deb $security $suite-security main
S
  cat > $b/etc/apt/apt.conf.d/docker-clean <<'S'
DPkg::Post-Invoke { "rm -f /var/cache/apt/archives/*.deb /var/cache/apt/archives/partial/*.deb /var/cache/apt/*.bin || true"; };
APT::Update::Post-Invoke { "rm -f /var/cache/apt/archives/*.deb /var/cache/apt/archives/partial/*.deb /var/cache/apt/*.bin || true"; };
Dir::Cache::pkgcache "";
Dir::Cache::srcpkgcache "";
S
  echo 'Acquire::GzipIndexes "true";' > $b/etc/apt/apt.conf.d/docker-gzip-indexes
  echo 'Acquire::Languages "none";' > $b/etc/apt/apt.conf.d/docker-no-languages
  echo 'Apt::AutoRemove::SuggestsImportant "false";' > $b/etc/apt/apt.conf.d/docker-autoremove-suggests
  printf '#!/bin/sh\nexit 101\n' > $b/usr/sbin/policy-rc.d; chmod 755 $b/usr/sbin/policy-rc.d
  cp /etc/resolv.conf $b/etc/resolv.conf
  chroot $b sh -c 'apt-get update -q >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get dist-upgrade -y -q >/dev/null'
  rm -rf $b/var/lib/apt/lists/* $b/var/cache/apt/archives/*.deb $b/var/cache/apt/*.bin $b/var/log/*.log $b/var/log/apt/* $b/var/cache/debconf/*-old $b/var/lib/dpkg/*-old $b/etc/resolv.conf $b/var/cache/ldconfig/aux-cache
  : > $b/etc/resolv.conf
  if [ $kind = slim ]; then
    cat > $b/etc/dpkg/dpkg.cfg.d/docker <<'S'
path-exclude /usr/share/doc/*
path-include /usr/share/doc/*/copyright
path-exclude /usr/share/man/*
path-exclude /usr/share/groff/*
path-exclude /usr/share/info/*
path-exclude /usr/share/lintian/*
path-exclude /usr/share/linda/*
path-exclude /usr/share/locale/*
path-include /usr/share/locale/locale.alias
S
    find $b/usr/share/doc -mindepth 1 -not -type d -not -name copyright -delete; find $b/usr/share/doc -depth -type d -empty -delete
    rm -rf $b/usr/share/man/* $b/usr/share/groff $b/usr/share/info $b/usr/share/lintian $b/usr/share/linda
    find $b/usr/share/locale -mindepth 1 -not -type d -not -name locale.alias -delete; find $b/usr/share/locale -mindepth 1 -depth -type d -empty -delete
  fi
done
done
