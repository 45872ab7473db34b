#!/bin/sh
echo ${uppr(name)}
echo ${upper(name, name)}
echo ${HOME}
